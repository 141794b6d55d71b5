"""The rule `response-max-items-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-max-items-lowered", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def max_items_lowered(change: Pair[Constraints]) -> str | None:
    """Longer lists are no longer sent."""
    return tightened(change, "maxItems")
