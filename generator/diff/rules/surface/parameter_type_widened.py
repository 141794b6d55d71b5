"""The rule `surface-parameter-type-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Parameter


@rule("surface-parameter-type-widened", on=Pair[Parameter], level="safe", area="surface")
def parameter_type_widened(change: Pair[Parameter]) -> str | None:
    """More values can be given."""
    found = annotation_relation(change.old.type, change.new.type) == "wider"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
