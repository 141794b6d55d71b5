"""The rule `response-minimum-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-minimum-raised", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def minimum_raised(change: Pair[Constraints]) -> str | None:
    """Smaller numbers are no longer sent."""
    return tightened(change, "minimum")
