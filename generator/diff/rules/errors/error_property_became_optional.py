"""The rule `error-property-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("error-property-became-optional", on=Pair[Field], level="risky", area="errors", direction="error")
def error_property_became_optional(change: Pair[Field]) -> str | None:
    """Handlers have to be ready for an error without the property."""
    return "is not always sent now" if change.old.required and not change.new.required else None
