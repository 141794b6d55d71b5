"""The rule `surface-field-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Field


@rule("surface-field-type-changed", on=Pair[Field], level="breaking", area="surface")
def field_type_changed(change: Pair[Field]) -> str | None:
    """Programs that read the attribute, or give it, use the wrong type."""
    found = annotation_relation(change.old.type, change.new.type) == "other"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
