"""The rule `response-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Response


@rule("response-description-changed", on=Pair[Response], level="safe", area="responses", direction="answer")
def response_description_changed(change: Pair[Response]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None
