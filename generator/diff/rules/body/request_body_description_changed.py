"""The rule `request-body-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Body


@rule("request-body-description-changed", on=Pair[Body], level="safe", area="body")
def request_body_description_changed(change: Pair[Body]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None
