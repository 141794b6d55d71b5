"""The rule `surface-alias-type-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Alias


@rule("surface-alias-type-widened", on=Pair[Alias], level="risky", area="surface")
def alias_type_widened(change: Pair[Alias]) -> str | None:
    """Programs that read such a value may get one that they do not expect."""
    found = annotation_relation(change.old.type, change.new.type) == "wider"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
