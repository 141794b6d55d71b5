"""The rule `request-property-undeprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-undeprecated", on=Pair[Field], level="safe", area="schema", direction="input")
def property_undeprecated(change: Pair[Field]) -> str | None:
    """It may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None
