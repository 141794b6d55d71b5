"""The rule `response-max-length-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-max-length-raised", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def max_length_raised(change: Pair[Constraints]) -> str | None:
    """Longer texts than the old description allows may be sent, and clients that check refuse them."""
    return loosened(change, "maxLength")
