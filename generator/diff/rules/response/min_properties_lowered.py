"""The rule `response-min-properties-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-min-properties-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def min_properties_lowered(change: Pair[Constraints]) -> str | None:
    """Objects with fewer properties than the old description allows may be sent, and clients that check refuse them."""
    return loosened(change, "minProperties")
