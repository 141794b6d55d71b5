"""What schemathesis has made up, as it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import unwritable
from .needed import idempotency_key, is_idempotency_key
from .operations import Operation

if TYPE_CHECKING:
    from .run import Run


def fresh_keys(case: Any) -> dict[str, str]:
    """An idempotency key that no request has had: with an earlier one the answer is that of the earlier request."""
    return {name: idempotency_key() for name in case.headers or {} if is_idempotency_key(name)}


def is_wellformed(run: Run, operation: Operation, case: Any) -> bool:
    """Whether a JSON body is what schemathesis takes it for: it knows fewer formats than there are."""
    from schemathesis.core import NotSet

    media_type = str(case.media_type or "")
    if isinstance(case.body, (NotSet, bytes)) or not unwritable.is_json(media_type):
        return True
    return run.description.is_request(operation, media_type, as_sent(case.body))


def as_sent(body: Any) -> Any:
    """A JSON body as it goes over the wire: of what schemathesis means to be bytes an empty string is sent."""
    if isinstance(body, dict):
        return {name: as_sent(value) for name, value in body.items()}
    if isinstance(body, list):
        return [as_sent(item) for item in body]
    return str(body) if isinstance(body, str) else body
