"""A call, from arguments to value: checked, authenticated, sent, decoded.  Written once for sync and async."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from .answers import is_value, value_of
from .effects import Flow
from .errors import ClientClosed, SdkError
from .facts import ApiFacts
from .incoming import Incoming
from .line import Line
from .log import logger
from .operation import Operation
from .options import NONE, Options
from .raw import OpenAnswer, RawAnswer
from .request import Credentials, Prepared, prepare
from .session import Session
from .settings import Clock, Timeout, checked_timeout

if TYPE_CHECKING:
    import httpx2

    from .hooks import Purpose
    from .redirects import Redirects
    from .retry import Retries
    from .telling import Telling

captured: ContextVar[list[RawAnswer] | None] = ContextVar("captured", default=None)
"""Where `with_raw_response` collects the answers of the call it wraps."""

streaming: ContextVar[list[Incoming] | None] = ContextVar("streaming", default=None)
"""Where `with_streaming_response` collects the open answers of the call it wraps."""


class Caller:
    """Makes the calls of one client: `facts` of the API, `timeout` where a call names none, the session, the line."""

    def __init__(
        self,
        facts: ApiFacts,
        timeout: Timeout,
        session: Session,
        line: Line,
        options: Options = NONE,
        origin: Caller | None = None,
        redirects: Redirects | None = None,
    ) -> None:
        # `origin` is the caller that this one is derived from, which has the session to end.
        self.facts = facts
        self.session = session
        self.line = line
        self._timeout = timeout
        self._options = options
        self._origin = origin
        self._redirects = redirects
        self._closed = False

    def derived(
        self, timeout: Timeout | None, retries: Retries | None, options: Options, redirects: Redirects | None
    ) -> Caller:
        """One with other settings over the same session; None leaves a setting as it is."""
        line = self.line if retries is None else self.line.patient(retries)
        kept = self._timeout if timeout is None else timeout
        allowed = self._redirects if redirects is None else redirects
        return Caller(self.facts, kept, self.session, line, options.beside(self._options), self, allowed)

    def end_derived(self) -> bool:
        """Whether it is derived; it is closed then, and what it was derived from is not."""
        if self._origin is not None:
            self._closed = True
        return self._origin is not None

    @property
    def _is_closed(self) -> bool:
        return self._closed or (self._origin is not None and self._origin._is_closed)

    def clock(self, timeout: Timeout | None, *, until: float | None = None, once: bool = False) -> Clock:
        """The time of a call that starts now; see `Clock`.  Raises ArgumentError for a timeout that is none."""
        return Clock(self._timeout if timeout is None else checked_timeout(timeout), until=until, once=once)

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Flow[Any]:
        """The decoded answer of one call.  Raises ArgumentError at once, before the flow runs."""
        return self.value(prepare(operation, arguments, body, content_type), timeout)

    def value(self, prepared: Prepared, timeout: Timeout | None, clock: Clock | None = None) -> Flow[Any]:
        """The decoded answer of one call that is prepared; `clock` where its time runs already."""
        clock = self.clock(timeout) if clock is None else clock
        opened = streaming.get()
        answer = yield from self.answer(prepared, clock, stream=opened is not None)
        if opened is not None and isinstance(answer, OpenAnswer):
            opened.append(Incoming(prepared.operation, answer.response, self.line.bounds))
            return None
        if opened is not None and is_value(prepared.operation, answer.status):
            opened.append(
                Incoming(prepared.operation, _whole(answer), self.line.bounds)
            )  # a documented redirect, which is read already
            return None
        return self.value_of(prepared.operation, answer)

    def value_of(self, operation: Operation, answer: RawAnswer) -> Any:
        """The decoded value of an answer; `with_raw_response` has the answer also where it cannot be decoded."""
        slot = captured.get()
        if slot is not None and is_value(operation, answer.status):
            slot.append(answer)
        return value_of(self.facts, operation, answer)

    def answer(
        self,
        prepared: Prepared,
        clock: Clock,
        *,
        safe: bool | None = None,
        stream: bool = False,
        purpose: Purpose = "call",
    ) -> Flow[RawAnswer]:
        """The answer of one call, whatever its status; after a 401 the session is made again, once.

        Redirects are followed as far as the caller has asked for it.
        """
        if self._is_closed:
            raise ClientClosed("the client is closed")
        if self._options is not NONE:
            prepared = self._options.added(prepared)
        self.line.check(prepared)
        safe = prepared.operation.safe if safe is None else safe
        telling = self.line.telling(prepared, purpose)
        answer = yield from self._authenticated(prepared, clock, safe=safe, stream=stream, telling=telling)
        if 300 <= answer.status < 400 and self._redirects is not None and self._redirects.count:
            answer = yield from self._followed(prepared, answer, clock, safe=safe, stream=stream, telling=telling)
        return answer

    def _authenticated(
        self, prepared: Prepared, clock: Clock, *, safe: bool, stream: bool, telling: Telling | None
    ) -> Flow[RawAnswer]:
        operation = prepared.operation
        credentials, token = yield from self.session.credentials(prepared, clock, None)
        answer: RawAnswer = yield from self.line.exchange(
            prepared, credentials, clock, safe=safe, stream=stream, telling=telling
        )
        if answer.status == 401 and self.session.renewable(operation, token) and prepared.repeatable:
            # 401 means that the request was turned away before it was carried out.
            logger.info("%s: the session is no longer valid, logging in again", operation.request_line)
            credentials, again = yield from self.session.credentials(prepared, clock, token)
            if isinstance(again, dict) and again == token:
                return answer
            answer = yield from self.line.exchange(
                prepared, credentials, clock, safe=safe, stream=stream, telling=telling
            )
        return answer

    def _followed(
        self, prepared: Prepared, answer: RawAnswer, clock: Clock, *, safe: bool, stream: bool, telling: Telling | None
    ) -> Flow[RawAnswer]:
        from .redirects import Redirects, following

        def send(onward: Prepared, repeated: bool, is_own: bool) -> Flow[RawAnswer]:
            told = None if telling is None else telling.onward(onward.operation, onward.base)
            if is_own:
                return self._authenticated(onward, clock, safe=repeated, stream=stream, telling=told)
            return self.line.elsewhere(onward, Credentials(), clock, told, safe=repeated, stream=stream)

        assert isinstance(self._redirects, Redirects)  # noqa: S101 - they were asked for
        base = prepared.base or self.line.bases.of(prepared.operation)
        return (
            yield from following(
                self.facts, prepared, base, answer, self._redirects, send, safe=safe, hidden=self._options.has_members
            )
        )

    def close(self, seconds: float = 5.0) -> Flow[None]:
        """Delete the session this client made; tried once, for a few seconds, and no matter if it fails."""
        if self._closed:
            return
        facts = self.facts.session
        if facts is not None and facts.delete is not None and self.session.open:
            import time

            clock = Clock(seconds, until=time.monotonic() + seconds, once=True)
            prepared = prepare(facts.delete, {}, None)
            credentials, _ = yield from self.session.credentials(prepared, clock, None)
            self._closed = True
            telling = self.line.telling(prepared, "logout")
            try:
                yield from self.line.exchange(prepared, credentials, clock, safe=False, telling=telling)
            except SdkError as error:
                logger.info("the session could not be deleted: %s", type(error).__name__)
            finally:
                self.session.forget()
        self._closed = True


def _whole(answer: RawAnswer) -> httpx2.Response:
    """An answer that was read, to be read piece by piece all the same; its content encoding is undone already."""
    import httpx2

    headers = [pair for pair in answer.headers.raw if pair[0].lower() != b"content-encoding"]
    return httpx2.Response(answer.status, headers=headers, content=answer.content)
