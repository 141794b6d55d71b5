"""The rule `response-maximum-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-maximum-lowered", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def maximum_lowered(change: Pair[Constraints]) -> str | None:
    """Larger numbers are no longer sent."""
    return tightened(change, "maximum")
