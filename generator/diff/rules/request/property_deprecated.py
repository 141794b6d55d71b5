"""The rule `request-property-deprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-deprecated", on=Pair[Field], level="risky", area="schema", direction="input")
def property_deprecated(change: Pair[Field]) -> str | None:
    """It still works, but callers should plan to leave it out."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None
