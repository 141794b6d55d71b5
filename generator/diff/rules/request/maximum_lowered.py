"""The rule `request-maximum-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-maximum-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def maximum_lowered(change: Pair[Constraints]) -> str | None:
    """Larger numbers that were accepted are refused."""
    return tightened(change, "maximum")
