"""The rule `response-multiple-of-tightened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-multiple-of-tightened", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def multiple_of_tightened(change: Pair[Constraints]) -> str | None:
    """Numbers between the steps are no longer sent."""
    return tightened(change, "multipleOf")
