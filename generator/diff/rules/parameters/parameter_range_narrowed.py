"""The rule `parameter-range-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("parameter-range-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_range_narrowed(change: Pair[Constraints]) -> str | None:
    """Numbers that were accepted are refused."""
    return tightened(change, "minimum", "maximum", "multipleOf")
