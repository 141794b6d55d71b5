"""The header fields that a request to an operation must have, beside those that say who sends it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from .operations import Operation

_KEYS = frozenset(("idempotency-key", "x-idempotency-key"))
_TAG, _DATE = "if-match", "if-unmodified-since"
_PRECONDITION_REQUIRED = "428"


def is_idempotency_key(name: str) -> bool:
    """True for the header whose value makes two requests one (IETF, "The Idempotency-Key HTTP Header Field")."""
    return name.lower() in _KEYS


def idempotency_key() -> str:
    """One that no request has had."""
    return str(uuid.uuid4())


def needed(operation: Operation) -> dict[str, str]:
    """What the description asks for; each time with another idempotency key, or the server would answer as before."""
    return {name: idempotency_key() if is_idempotency_key(name) else value for name, value in operation.headers}


def asks_for_state(operation: Operation, statuses: Collection[str]) -> bool:
    """Whether a change has to say of which state it is one (RFC 9110, 13.1; RFC 6585, 3).

    `statuses` are those that the operation documents.
    """
    asked = {name.lower() for name, _ in operation.headers}
    return not asked.isdisjoint((_TAG, _DATE)) or _PRECONDITION_REQUIRED in statuses


def current(operation: Operation, shown: Mapping[str, str]) -> dict[str, str]:
    """The fields that name the state of a thing, as the header of a reading of it shows it; `*` is any (13.1.1)."""
    if _DATE in {name.lower() for name, _ in operation.headers}:
        return {"If-Unmodified-Since": shown["last-modified"]} if "last-modified" in shown else {}
    return {"If-Match": shown.get("etag") or "*"}
