"""The rule `surface-alias-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Alias


@rule("surface-alias-type-changed", on=Pair[Alias], level="breaking", area="surface")
def alias_type_changed(change: Pair[Alias]) -> str | None:
    """Values of the old type do not fit."""
    found = annotation_relation(change.old.type, change.new.type) == "other"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
