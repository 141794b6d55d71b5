"""The rule `response-property-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-became-required", on=Pair[Field], level="safe", area="schema", direction="response")
def property_became_required(change: Pair[Field]) -> str | None:
    """The property is always sent."""
    return "is always sent now" if change.new.required and not change.old.required else None
