"""The rule `parameter-properties-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("parameter-properties-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_properties_widened(change: Pair[Constraints]) -> str | None:
    """Objects with fewer or more properties are accepted."""
    return loosened(change, "minProperties", "maxProperties")
