"""The rule `response-multiple-of-loosened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-multiple-of-loosened", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def multiple_of_loosened(change: Pair[Constraints]) -> str | None:
    """Numbers between the steps may be sent, and clients that check by the old description refuse them."""
    return loosened(change, "multipleOf")
