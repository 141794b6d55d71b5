"""The rule `surface-field-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Field


@rule("surface-field-type-narrowed", on=Pair[Field], level="risky", area="surface")
def field_type_narrowed(change: Pair[Field]) -> str | None:
    """Programs that make the object may give a value that is no longer allowed."""
    found = annotation_relation(change.old.type, change.new.type) == "narrower"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
