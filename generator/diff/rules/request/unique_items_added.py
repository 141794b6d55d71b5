"""The rule `request-unique-items-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-unique-items-added", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def unique_items_added(change: Pair[Constraints]) -> str | None:
    """Lists with repeated items that were accepted are refused."""
    return tightened(change, "uniqueItems")
