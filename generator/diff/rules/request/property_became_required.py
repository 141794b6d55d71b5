"""The rule `request-property-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-became-required", on=Pair[Field], level="breaking", area="schema", direction="input")
def property_became_required(change: Pair[Field]) -> str | None:
    """Requests without the property are refused."""
    return "is required now" if change.new.required and not change.old.required else None
