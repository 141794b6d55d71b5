"""The rule `response-header-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule(
    "response-header-description-changed", on=Pair[ResponseHeader], level="safe", area="responses", direction="answer"
)
def response_header_description_changed(change: Pair[ResponseHeader]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None
