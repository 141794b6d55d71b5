"""The rule `surface-parameter-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Parameter


@rule("surface-parameter-type-changed", on=Pair[Parameter], level="breaking", area="surface")
def parameter_type_changed(change: Pair[Parameter]) -> str | None:
    """Arguments of the old type do not fit."""
    found = annotation_relation(change.old.type, change.new.type) == "other"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
