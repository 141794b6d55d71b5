"""The rule `response-minimum-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-minimum-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def minimum_lowered(change: Pair[Constraints]) -> str | None:
    """Smaller numbers than the old description allows may be sent, and clients that check refuse them."""
    return loosened(change, "minimum")
