"""The rule `response-property-undeprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-undeprecated", on=Pair[Field], level="safe", area="schema", direction="answer")
def property_undeprecated(change: Pair[Field]) -> str | None:
    """It may be relied on again."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None
