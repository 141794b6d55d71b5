"""The rule `parameter-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("parameter-type-changed", on=Pair[Shape], level="breaking", area="parameters", direction="parameter")
def parameter_type_changed(change: Pair[Shape]) -> str | None:
    """Values of the old type are refused."""
    other = relation(change.old, change.new) == "other"
    return f"the type is {was(change.old.text, change.new.text)}" if other else None
