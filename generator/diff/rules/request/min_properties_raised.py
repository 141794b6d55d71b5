"""The rule `request-min-properties-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-min-properties-raised", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def min_properties_raised(change: Pair[Constraints]) -> str | None:
    """Objects with fewer properties that were accepted are refused."""
    return tightened(change, "minProperties")
