"""How what a destructive operation must refuse is sent."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from .answers import Answer
from .credentials import Sent
from .target import ABSENT, Target
from .untested import FORBIDDEN, Untested


class Careful(Target):
    """Sends as an account without the privilege, and what is refused for that again as one that has it.

    A server that wrongly accepts the request then still has the missing privilege to refuse it for; one that looks at
    the privilege first has shown nothing of what it makes of the request.  The gate lets the second leave only where
    the run's level allows the operation, and no more often than it may be accepted.
    """

    def __init__(self, powerless: Target, able: Target) -> None:
        super().__init__(powerless.run, powerless.username, credentials={})
        self._powerless, self._able = powerless, able

    def send(
        self,
        method: str,
        path: str,
        body: Any = ABSENT,
        *,
        content: bytes | None = None,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        credentials: Sent | None = None,
    ) -> Answer:
        """Send a request, twice if need be, and return what the target makes of it.

        Raises:
            Untested: It is refused for the privilege of both.
            httpx2.TransportError: No answer came.
        """
        __tracebackhide__ = True
        how: dict[str, Any] = {"content": content, "content_type": content_type, "headers": headers}
        for account in (self._powerless, self._able):
            answer = account.send(method, path, body, credentials=credentials, **how)
            if answer.status != HTTPStatus.FORBIDDEN:
                return answer
            self.hold(answer, expect=HTTPStatus.FORBIDDEN)
        raise Untested(FORBIDDEN)
