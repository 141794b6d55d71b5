"""The rule `request-unique-items-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-unique-items-removed", on=Pair[Constraints], level="safe", area="schema", direction="request")
def unique_items_removed(change: Pair[Constraints]) -> str | None:
    """Lists with repeated items are accepted that were refused."""
    return loosened(change, "uniqueItems")
