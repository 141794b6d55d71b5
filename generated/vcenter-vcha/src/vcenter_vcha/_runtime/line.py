"""The line to the server: a prepared request goes out, and out again where that is safe.  Knows of no session."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .deadline import Until
from .effects import Flow, Rest
from .operation import Operation
from .raw import OpenAnswer, RawAnswer
from .request import Credentials, Prepared, build, check_address
from .retry import NEVER, Retries, exchange, refused, unanswered
from .settings import DEFAULT_BOUNDS, Bounds, Clock
from .target import Bases
from .transport_failure import TooLarge, TransportFailure

if TYPE_CHECKING:
    from .hooks import Purpose
    from .telling import Audience, Telling


class Line:
    """`bases` stand before paths; `headers` go with every request, which is repeated as `retries` say.

    `bounds` say how much of an answer may come; `audience` are the hooks.
    """

    def __init__(
        self,
        bases: Bases,
        headers: Mapping[str, str],
        retries: Retries,
        bounds: Bounds = DEFAULT_BOUNDS,
        audience: Audience | None = None,
    ) -> None:
        self.bases = bases
        self._headers = headers
        self._retries = retries
        self.bounds: Bounds = bounds
        self._audience = audience

    def patient(self, retries: Retries) -> Line:
        """The same with other repetitions."""
        return Line(self.bases, self._headers, retries, self.bounds, self._audience)

    def telling(self, prepared: Prepared, purpose: Purpose) -> Telling | None:
        """What tells hooks of the requests of one call; None without any."""
        if self._audience is None:
            return None
        return self._audience.of(prepared.operation, self.bases.of(prepared.operation), purpose)

    def check(self, prepared: Prepared) -> None:
        """Raises ArgumentError for a request whose address no server could be sent."""
        check_address(prepared, prepared.base or self.bases.of(prepared.operation))

    def exchange(
        self,
        prepared: Prepared,
        credentials: Credentials,
        clock: Clock,
        *,
        safe: bool,
        stream: bool = False,
        telling: Telling | None = None,
    ) -> Flow[RawAnswer]:
        """One request and its repetitions: the answer, whatever its status.

        Nothing is repeated that cannot be, or where the clock's owner decides by itself what to do.  Raises
        ConnectionFailed or OutcomeUnknown.
        """
        base = prepared.base or self.bases.of(prepared.operation)
        answer: RawAnswer = yield from exchange(
            prepared.operation,
            lambda: build(prepared, base, self._headers, credentials, clock.phases()),
            safe=safe,
            keyed=prepared.is_keyed,
            retries=self._retries if prepared.repeatable and not clock.once else NEVER,
            give_up=clock.give_up,
            deadline=clock.deadline,
            stream=stream,
            silence=self._silence(clock) if stream else None,
            most=self.bounds.answer_bytes,
            telling=telling,
        )
        return credentials.masked(answer) if answer.status >= 400 else answer

    def elsewhere(
        self,
        prepared: Prepared,
        credentials: Credentials,
        clock: Clock,
        telling: Telling | None,
        *,
        safe: bool = True,
        stream: bool = False,
    ) -> Flow[RawAnswer]:
        """A request to another address than the API's; without the API's headers, and those of an `http_client`."""
        headers = {name: value for name, value in self._headers.items() if name == "user-agent"}
        check_address(prepared, prepared.base)
        return exchange(
            prepared.operation,
            lambda: build(prepared, prepared.base, headers, credentials, clock.phases()),
            safe=safe,
            retries=self._retries if prepared.repeatable and not clock.once else NEVER,
            give_up=clock.give_up,
            deadline=clock.deadline,
            stream=stream,
            silence=self._silence(clock) if stream else None,
            most=self.bounds.answer_bytes,
            telling=telling,
            bare=True,
        )

    def rest(self, operation: Operation, answer: OpenAnswer, clock: Clock) -> Flow[RawAnswer]:
        """An answer that was opened, read after all.  Raises ConnectionFailed, OutcomeUnknown or AnswerTooLarge."""
        problem: Exception
        try:
            whole: RawAnswer = yield Rest(answer, clock.deadline, self.bounds.answer_bytes)
            return whole
        except TooLarge as found:
            problem = refused(operation, found)
        except TransportFailure as failed:
            problem = unanswered(operation, failed, operation.safe)
        raise problem

    def _silence(self, clock: Clock) -> float | None:
        """How long what is streamed may be silent: never beyond what all of it may take."""
        seconds = self.bounds.stream_seconds
        return clock.silence if seconds is None else Until.of(time.monotonic() + seconds, clock.silence)
