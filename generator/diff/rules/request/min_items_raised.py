"""The rule `request-min-items-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-min-items-raised", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def min_items_raised(change: Pair[Constraints]) -> str | None:
    """Shorter lists that were accepted are refused."""
    return tightened(change, "minItems")
