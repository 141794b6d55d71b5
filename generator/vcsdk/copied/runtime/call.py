"""A call, from arguments to value: checked, authenticated, sent, decoded.  Written once for sync and async."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from .answers import value_of
from .effects import Flow
from .errors import ClientClosed, SdkError
from .facts import ApiFacts
from .log import logger
from .operation import Operation
from .raw import OpenAnswer, RawAnswer
from .request import Credentials, Prepared, build, prepare
from .retry import NEVER, Retries, exchange
from .session import Session
from .settings import Clock, Timeout, checked_timeout

if TYPE_CHECKING:
    import httpx2

captured: ContextVar[list[RawAnswer] | None] = ContextVar("captured", default=None)
"""Where `with_raw_response` collects the answers of the call it wraps."""

streaming: ContextVar[list[tuple[Operation, httpx2.Response]] | None] = ContextVar("streaming", default=None)
"""Where `with_streaming_response` collects the open answers of the call it wraps."""


class Caller:
    """Makes calls to one target: `facts` of the API, `base` (origin and prefix), headers, timeout, retries, session."""

    def __init__(
        self,
        facts: ApiFacts,
        base: str,
        headers: Mapping[str, str],
        timeout: Timeout,
        retries: Retries,
        session: Session,
    ) -> None:
        self.facts = facts
        self.base = base
        self.timeout = timeout
        self.session = session
        self._headers = headers
        self._retries = retries
        self._closed = False

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Flow[Any]:
        """The decoded answer of one call."""
        prepared = prepare(operation, arguments, body, content_type)
        clock = Clock(self.timeout if timeout is None else checked_timeout(timeout))
        opened = streaming.get()
        answer = yield from self.answer(prepared, clock, stream=opened is not None)
        if opened is not None and isinstance(answer, OpenAnswer):
            opened.append((operation, answer.response))
            return None
        value = value_of(self.facts, operation, answer)
        slot = captured.get()
        if slot is not None:
            slot.append(answer)
        return value

    def answer(
        self, prepared: Prepared, clock: Clock, *, safe: bool | None = None, stream: bool = False
    ) -> Flow[RawAnswer]:
        """The answer of one call, whatever its status; after a 401 the session is made again, once."""
        if self._closed:
            raise ClientClosed("the client is closed")
        operation = prepared.operation
        safe = operation.safe if safe is None else safe
        retries = self.retries_for(clock) if prepared.repeatable else NEVER
        credentials, token = yield from self.session.credentials(self, operation, clock, None)
        answer: RawAnswer = yield from self.exchange(
            prepared, credentials, clock, safe=safe, retries=retries, stream=stream
        )
        if answer.status == 401 and self.session.renewable(operation) and prepared.repeatable:
            # 401 means that the request was turned away before it was carried out.
            logger.info("%s: the session is no longer valid, logging in again", operation.request_line)
            credentials, _ = yield from self.session.credentials(self, operation, clock, token)
            answer = yield from self.exchange(prepared, credentials, clock, safe=safe, retries=retries, stream=stream)
        return answer

    def retries_for(self, clock: Clock) -> Retries:
        """The client's retries; none where the clock's owner decides by itself what to do."""
        return NEVER if clock.once else self._retries

    def exchange(
        self,
        prepared: Prepared,
        credentials: Credentials,
        clock: Clock,
        *,
        safe: bool,
        retries: Retries,
        stream: bool = False,
    ) -> Flow[RawAnswer]:
        """One request and its repetitions."""
        return exchange(
            prepared.operation,
            lambda: build(prepared, self.base, self._headers, credentials, clock.phases()),
            safe=safe,
            retries=retries,
            give_up=clock.give_up,
            hard=clock.hard,
            stream=stream,
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
            credentials, _ = yield from self.session.credentials(self, facts.delete, clock, None)
            self._closed = True
            try:
                yield from self.exchange(prepared, credentials, clock, safe=False, retries=NEVER)
            except SdkError as error:
                logger.info("the session could not be deleted: %s", type(error).__name__)
            self.session.forget()
        self._closed = True
