"""The rule `surface-parameters-reordered`."""

from __future__ import annotations

from generator.diff.changes import Order, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("surface-parameters-reordered", on=Pair[Order], level="breaking", area="surface")
def parameters_reordered(change: Pair[Order]) -> str | None:
    """Arguments that are given by place reach another parameter."""
    return f"the order is {was(', '.join(change.old.names), ', '.join(change.new.names))}"
