"""Tells hooks of the requests of one call, in the order in which they leave."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence

from .effects import Drop, Flow, Send, Tell
from .facts import ApiFacts
from .hooks import HookRequest, HookResponse, Hooks, Purpose, Secrets
from .log import logger
from .operation import Operation
from .raw import OpenAnswer, RawAnswer

_GRACE = 5.0
"""Seconds that asynchronous hooks have at least to take in what has happened: it may be that the time ran out."""


class Audience:
    """The hooks of a client."""

    def __init__(self, hooks: Sequence[Hooks], facts: ApiFacts) -> None:
        self.hooks = hooks
        self._headers = facts.secret_headers
        self._query = [scheme.wire_name for scheme in facts.security.values() if scheme.kind == "query"]

    def of(self, operation: Operation, base: str, purpose: Purpose) -> Telling:
        """For the requests of one call, whose operation is below `base`."""
        return Telling(self.hooks, operation, purpose, Secrets(base, self._headers, self._query))


class Telling:
    """The hooks of one call, and how many requests they were told of."""

    def __init__(self, hooks: Sequence[Hooks], operation: Operation, purpose: Purpose, secrets: Secrets) -> None:
        self._hooks = hooks
        self._operation = operation
        self._purpose: Purpose = purpose
        self._secrets = secrets
        self._sent = 0

    def onward(self, operation: Operation, base: str) -> Telling:
        """For a request that a redirect asks for, to an address that begins with `base`."""
        secrets = Secrets(base, self._secrets.headers, self._secrets.query)
        made = Telling(self._hooks, operation, "redirect", secrets)
        made._sent = self._sent
        return made

    def send(self, effect: Send, public: Callable[[BaseException], BaseException]) -> Flow[RawAnswer]:
        """The answer; `public` gives what a caller sees of an exception.  Raises what sending or a hook does."""
        request = HookRequest(effect.request, self._operation, self._purpose, self._sent, self._secrets)
        begun: list[Hooks] = []
        started = time.monotonic()
        try:
            for hooks in self._hooks:
                if hooks.before_request is not None:
                    yield Tell(hooks.before_request, (request,), effect.deadline)
                begun.append(hooks)
            request._left = True
            self._sent += 1
            started = time.monotonic()
            answer: RawAnswer = yield effect
        except GeneratorExit:
            raise
        except BaseException as error:
            request._left = True
            yield from self._failed(begun, request, public(error), effect.deadline)
            raise
        response = HookResponse(answer, time.monotonic() - started, self._secrets)
        try:
            for hooks in self._hooks:
                if hooks.after_response is not None:
                    yield from self._tell(Tell(hooks.after_response, (request, response), _later(effect.deadline)))
        except BaseException:
            # The caller is interrupted and never gets what is open.
            if isinstance(answer, OpenAnswer):
                yield Drop(answer)
            raise
        return answer

    def _failed(
        self, told: Collection[Hooks], request: HookRequest, error: BaseException, deadline: float | None
    ) -> Flow[None]:
        for hooks in told:
            if hooks.on_error is not None:
                yield from self._tell(Tell(hooks.on_error, (request, error), _later(deadline)))

    def _tell(self, effect: Tell) -> Flow[None]:
        """What has happened stays, whatever a hook makes of it."""
        try:
            yield effect
        except Exception as error:
            logger.warning("%s: a hook raised %s", self._operation.request_line, type(error).__name__)


def _later(deadline: float | None) -> float | None:
    return None if deadline is None else max(deadline, time.monotonic() + _GRACE)
