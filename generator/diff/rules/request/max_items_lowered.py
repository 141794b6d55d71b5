"""The rule `request-max-items-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-max-items-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def max_items_lowered(change: Pair[Constraints]) -> str | None:
    """Longer lists that were accepted are refused."""
    return tightened(change, "maxItems")
