"""The rule `parameter-items-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("parameter-items-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_items_narrowed(change: Pair[Constraints]) -> str | None:
    """Lists that were accepted are refused for their size or for repeated items."""
    return tightened(change, "minItems", "maxItems", "uniqueItems")
