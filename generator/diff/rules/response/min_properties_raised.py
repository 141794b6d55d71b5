"""The rule `response-min-properties-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-min-properties-raised", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def min_properties_raised(change: Pair[Constraints]) -> str | None:
    """Objects with fewer properties are no longer sent."""
    return tightened(change, "minProperties")
