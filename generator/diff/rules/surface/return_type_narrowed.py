"""The rule `surface-return-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Method


@rule("surface-return-type-narrowed", on=Pair[Method], level="safe", area="surface")
def return_type_narrowed(change: Pair[Method]) -> str | None:
    """Programs get only some of the values that they had to expect."""
    found = annotation_relation(change.old.returns, change.new.returns) == "narrower"
    return f"returns {was(change.old.returns, change.new.returns)}" if found else None
