"""The rule `parameter-properties-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("parameter-properties-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_properties_narrowed(change: Pair[Constraints]) -> str | None:
    """Objects that were accepted are refused for their number of properties."""
    return tightened(change, "minProperties", "maxProperties")
