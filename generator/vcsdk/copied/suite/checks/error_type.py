"""An error's `error_type` agrees with its status: NOT_FOUND with 404, UNAUTHORIZED with 403, and so on."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..reading import read_json

CHECK = Check("error-type", __doc__, ("error-type-mismatch",), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The status is the one that the error type is documented with; an unknown type says nothing."""
    if answer.status < 400 or not contract.catalogue.error_statuses or "json" not in answer.content_type:
        return
    if not answer.content:
        return  # HEAD, or no error at all: other checks say so
    try:
        error = read_json(answer.content)
    except ValueError:
        return  # that is what other checks say of it
    kind = error.get("error_type") if isinstance(error, dict) else None
    usual = [status for value, status in contract.catalogue.error_statuses if value == kind]
    if usual and answer.status not in usual:
        raise Finding(
            CHECK,
            f"error_type {kind} belongs to {' or '.join(map(str, usual))}, not {answer.status}",
            answer,
            path="$.error_type",
            observed=f"{kind} with {answer.status}",
        )
