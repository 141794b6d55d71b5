"""The rule `request-property-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-became-optional", on=Pair[Field], level="safe", area="schema", direction="input")
def property_became_optional(change: Pair[Field]) -> str | None:
    """The property may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None
