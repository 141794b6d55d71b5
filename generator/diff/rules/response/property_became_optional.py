"""The rule `response-property-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-became-optional", on=Pair[Field], level="breaking", area="schema", direction="response")
def property_became_optional(change: Pair[Field]) -> str | None:
    """Callers have to be ready for an answer without the property, and decoding by the old description fails."""
    return "is not always sent now" if change.old.required and not change.new.required else None
