"""When a request may be sent again, and after how long.

Nothing with side effects is ever sent twice: a request is repeated only if its head cannot have left completely, if its
operation is `safe`, or if the server tells repetitions apart: by an idempotency key that its description declares and
the caller gave, or by the caller's word.
"""

from __future__ import annotations

import email.utils
import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx2
import msgspec

from .effects import Flow, Send, Sleep
from .errors import AnswerTooLarge, ConnectionFailed, OutcomeUnknown
from .log import logger
from .operation import Operation
from .raw import RawAnswer
from .transport_failure import TooLarge, TransportFailure

if TYPE_CHECKING:
    from .telling import Telling

_BUSY = frozenset({408, 425, 429, 502, 503, 504})
_SAME_KEY = frozenset({409})
"""Where another request with the same key is being carried out."""


class Retries(msgspec.Struct, frozen=True):
    """How often and how patiently: `count` repetitions, jittered pauses from `first` up to `longest` seconds.

    `effects` is your word that the server carries a request out once however often it comes: then also what has an
    effect is repeated.  With an argument that is an idempotency key (a header `Idempotency-Key`) it is in any case.
    """

    count: int = 3
    first: float = 0.2
    longest: float = 8.0
    effects: bool = False

    def pause(self, attempt: int) -> float:
        """Seconds before repetition `attempt` (from 0): "full jitter", but never less than half of it."""
        bound = min(self.longest, self.first * 2.0**attempt)
        return bound * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


NEVER = Retries(count=0)


def exchange(
    operation: Operation,
    build: Callable[[], httpx2.Request],
    *,
    safe: bool,
    keyed: bool = False,
    retries: Retries,
    give_up: float,
    deadline: float | None = None,
    stream: bool = False,
    silence: float | None = None,
    most: int | None = None,
    telling: Telling | None = None,
    bare: bool = False,
) -> Flow[RawAnswer]:
    """Send until an answer comes that is worth keeping.

    `keyed`: repetitions carry the same idempotency key.  `give_up` is the `time.monotonic()` moment after which nothing
    is sent again, `deadline` the one after which nothing is waited for.  `stream` leaves the body of a success unread,
    which `silence` bounds then; `most` bounds the bytes of any other.  `telling` tells hooks, `bare` is
    that of `Send`.  Raises ConnectionFailed, OutcomeUnknown, or AnswerTooLarge.
    """
    attempt = 0
    repeated = safe or keyed or retries.effects
    busy = _BUSY if safe else _BUSY | _SAME_KEY
    if time.monotonic() >= give_up:
        raise unanswered(operation, TransportFailure("no time left", maybe_sent=False), safe)
    while True:
        started = time.monotonic()
        failed: TransportFailure | None = None
        answer: RawAnswer | None = None
        too_large: TooLarge | None = None
        try:
            effect = Send(build(), deadline, stream, silence, most, bare)
            if telling is None:
                answer = yield effect
            else:
                answer = yield from telling.send(effect, lambda error: _public(operation, error, safe))
        except TooLarge as found:
            too_large = found
        except TransportFailure as failure:
            failed = failure
        if too_large is not None:
            raise refused(operation, too_large)
        seconds = time.monotonic() - started
        left = attempt < retries.count
        if failed is not None:
            logger.info("%s failed after %.3f s: %s", operation.request_line, seconds, failed.reason)
            again = left and not failed.permanent and (repeated or not failed.maybe_sent)
            pause = retries.pause(attempt)
            if not again or time.monotonic() + pause >= give_up:
                raise unanswered(operation, failed, safe, attempt + 1)
            reason = failed.reason
        else:
            assert answer is not None  # noqa: S101 - either an answer came or a failure was thrown
            logger.info("%s → %d in %.3f s", operation.request_line, answer.status, seconds)
            if not (left and repeated and answer.status in busy):
                return answer
            pause = _retry_after(answer, retries.pause(attempt))
            if time.monotonic() + pause >= give_up:
                return answer
            reason = f"status {answer.status}"
        attempt += 1
        logger.info("%s again in %.1f s (%d of %d): %s", operation.request_line, pause, attempt, retries.count, reason)
        yield Sleep(pause)


def _public(operation: Operation, error: BaseException, safe: bool) -> BaseException:
    """What a caller would see of an exception, if nothing is sent again."""
    if isinstance(error, TooLarge):
        return refused(operation, error)
    return unanswered(operation, error, safe) if isinstance(error, TransportFailure) else error


def refused(operation: Operation, found: TooLarge) -> AnswerTooLarge:
    """The exception for an answer that has more bytes than it may."""
    message = f"{operation.name}: the answer has more than {found.most} bytes ({found.bound})"
    kept = [pair for pair in found.headers.raw if pair[0].lower().startswith(b"content-")]
    return AnswerTooLarge(
        f"{message}\n  {operation.request_line} → {found.status}",
        operation=operation.name,
        response=RawAnswer(found.status, httpx2.Headers(kept), b""),
        limit=found.most,
    )


def _retry_after(answer: RawAnswer, default: float) -> float:
    """Seconds that the server asks for (RFC 9110, 10.2.3: a number or a date), at least the default pause."""
    wanted = answer.headers.get("retry-after", "")
    if wanted.isdecimal():
        return max(default, float(min(int(wanted[:9]), 10**6)))
    try:
        return max(default, email.utils.parsedate_to_datetime(wanted).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return default


def unanswered(
    operation: Operation, failed: TransportFailure, safe: bool, times: int = 1
) -> ConnectionFailed | OutcomeUnknown:
    """The exception for a call without an answer: whether it can have had an effect decides.  `times` it was sent."""
    error = _without_cause(operation, failed, safe, times)
    error.__cause__ = failed.cause
    return error


def _without_cause(
    operation: Operation, failed: TransportFailure, safe: bool, times: int
) -> ConnectionFailed | OutcomeUnknown:
    where = f"{operation.name}: {failed.reason}"
    if safe or not failed.maybe_sent:
        sent = "" if failed.maybe_sent else "; nothing was sent"
        hint = "\n  pass the issuing authority as ca_bundle=" if failed.unknown_authority else ""
        message = f"{where}{sent}{hint}\n  {operation.request_line}"
        return ConnectionFailed(message, operation=operation.name, reason=failed.reason, permanent=failed.permanent)
    again = "it was not sent again" if times == 1 else f"it was sent {times} times"
    message = f"{where} after the request may have been read; {again}\n  {operation.request_line}"
    return OutcomeUnknown(message, operation=operation.name, reason=failed.reason, hint=how_to_find_out(operation))


def how_to_find_out(operation: Operation) -> str:
    """What a caller can do who does not know whether it was carried out."""
    if operation.outcome is not None:
        outcome = operation.outcome
        names = " or ".join(outcome.properties)
        return (
            f"To find out: call {outcome.operation.name} and see which of {names} has "
            f"{outcome.path} {outcome.equals}; it changes when this took effect."
        )
    if operation.task:
        return "To find out: look for its task on the server, or read what it would have changed."
    return "To find out: read what it would have changed before calling it again."
