"""The rule `surface-parameter-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Parameter


@rule("surface-parameter-type-narrowed", on=Pair[Parameter], level="breaking", area="surface")
def parameter_type_narrowed(change: Pair[Parameter]) -> str | None:
    """Some arguments that were allowed do not fit."""
    found = annotation_relation(change.old.type, change.new.type) == "narrower"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
