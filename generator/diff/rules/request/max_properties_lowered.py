"""The rule `request-max-properties-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-max-properties-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def max_properties_lowered(change: Pair[Constraints]) -> str | None:
    """Objects with more properties that were accepted are refused."""
    return tightened(change, "maxProperties")
