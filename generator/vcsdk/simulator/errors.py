"""Refusals: what goes wrong while a request is served, and the error body that says so.

The body is a vAPI error (`messages`, `error_type`, `data`; reference page of the failover operation, 8.0.3) where
the description's schema for that answer takes one; otherwise a value made from the schema that is documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vcsdk.simulator.messages import Message

# The HTTP status of each error type, as VMware's API reference documents them per operation.
STATUS_OF = {
    "ALREADY_IN_DESIRED_STATE": 400,
    "CANCELED": 400,
    "INTERNAL_SERVER_ERROR": 500,
    "INVALID_ARGUMENT": 400,
    "NOT_ALLOWED_IN_CURRENT_STATE": 400,
    "NOT_FOUND": 404,
    "OPERATION_NOT_FOUND": 404,
    "RESOURCE_INACCESSIBLE": 500,
    "SERVICE_UNAVAILABLE": 503,
    "UNAUTHENTICATED": 401,
    "UNAUTHORIZED": 403,
    "UNEXPECTED_INPUT": 400,
    "UNSUPPORTED": 400,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is bytes.  `body` is a JSON value when `json` is set, else bytes or None for no body.

    `outcome` is the status of what was asked for, where that of HTTP does not tell it.
    """

    status: int
    body: Any = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    json: bool = True
    outcome: int | None = None


class Refusal(Exception):
    """The request is not served; carries what the error answer says.

    `error_type` is None where no error type of the family has this status (405, 413, 415).
    `challenge` goes with 401.
    """

    def __init__(
        self,
        error_type: str | None,
        *messages: Message,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        challenge: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(messages[0].text())
        self.error_type = error_type
        self.messages = messages
        self.status = status if status is not None else STATUS_OF[error_type or "INTERNAL_SERVER_ERROR"]
        self.headers = dict(headers or {})
        self.challenge = challenge
        self.data = data

    def as_vapi(self, language: str) -> dict[str, Any]:
        """The body as a vAPI error."""
        body: dict[str, Any] = {"messages": [message.as_dict(language) for message in self.messages]}
        if self.error_type is not None:
            body["error_type"] = self.error_type
        if self.challenge is not None:
            body["challenge"] = self.challenge
        if self.data is not None:
            body["data"] = dict(self.data)
        return body

    def as_plain(self, language: str, status: int) -> dict[str, Any]:
        """The body where the description documents none: RFC 9457 without a type of its own."""
        return {"status": status, "title": self.messages[0].text(language)}
