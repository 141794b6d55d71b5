"""The rule `response-min-items-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-min-items-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def min_items_lowered(change: Pair[Constraints]) -> str | None:
    """Shorter lists than the old description allows may be sent, and clients that check refuse them."""
    return loosened(change, "minItems")
