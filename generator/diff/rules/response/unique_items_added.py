"""The rule `response-unique-items-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("response-unique-items-added", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def unique_items_added(change: Pair[Constraints]) -> str | None:
    """Lists with repeated items are no longer sent."""
    return tightened(change, "uniqueItems")
