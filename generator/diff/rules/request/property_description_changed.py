"""The rule `request-property-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-description-changed", on=Pair[Field], level="safe", area="schema", direction="input")
def property_description_changed(change: Pair[Field]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None
