"""The rule `parameter-range-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("parameter-range-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_range_widened(change: Pair[Constraints]) -> str | None:
    """Numbers are accepted that were refused."""
    return loosened(change, "minimum", "maximum", "multipleOf")
