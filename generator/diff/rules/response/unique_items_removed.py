"""The rule `response-unique-items-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("response-unique-items-removed", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def unique_items_removed(change: Pair[Constraints]) -> str | None:
    """Lists with repeated items may be sent, and clients that check by the old description refuse them."""
    return loosened(change, "uniqueItems")
