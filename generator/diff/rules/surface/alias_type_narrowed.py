"""The rule `surface-alias-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Alias


@rule("surface-alias-type-narrowed", on=Pair[Alias], level="risky", area="surface")
def alias_type_narrowed(change: Pair[Alias]) -> str | None:
    """Programs that make such a value may make one that is no longer allowed."""
    found = annotation_relation(change.old.type, change.new.type) == "narrower"
    return f"the type is {was(change.old.type, change.new.type)}" if found else None
