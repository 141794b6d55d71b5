"""The line to the server: a prepared request goes out, and out again where that is safe.  Knows of no session."""

from __future__ import annotations

from collections.abc import Mapping

from .effects import Flow
from .raw import RawAnswer
from .request import Credentials, Prepared, build
from .retry import NEVER, Retries, exchange
from .settings import Clock
from .target import Bases


class Line:
    """`bases` stand before paths; `headers` go with every request, which is repeated as `retries` say."""

    def __init__(self, bases: Bases, headers: Mapping[str, str], retries: Retries) -> None:
        self.bases = bases
        self._headers = headers
        self._retries = retries

    def exchange(
        self, prepared: Prepared, credentials: Credentials, clock: Clock, *, safe: bool, stream: bool = False
    ) -> Flow[RawAnswer]:
        """One request and its repetitions: the answer, whatever its status.

        Nothing is repeated that cannot be, or where the clock's owner decides by itself what to do.  Raises
        ConnectionFailed or OutcomeUnknown.
        """
        base = self.bases.of(prepared.operation)
        return exchange(
            prepared.operation,
            lambda: build(prepared, base, self._headers, credentials, clock.phases()),
            safe=safe,
            retries=self._retries if prepared.repeatable and not clock.once else NEVER,
            give_up=clock.give_up,
            hard=clock.hard,
            stream=stream,
        )
