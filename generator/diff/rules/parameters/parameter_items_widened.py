"""The rule `parameter-items-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("parameter-items-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_items_widened(change: Pair[Constraints]) -> str | None:
    """Lists of other sizes, or with repeated items, are accepted."""
    return loosened(change, "minItems", "maxItems", "uniqueItems")
