"""The rule `surface-return-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.annotations import annotation_relation
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Method


@rule("surface-return-type-changed", on=Pair[Method], level="breaking", area="surface")
def return_type_changed(change: Pair[Method]) -> str | None:
    """Programs get a value of a type that they do not expect."""
    found = annotation_relation(change.old.returns, change.new.returns) == "other"
    return f"returns {was(change.old.returns, change.new.returns)}" if found else None
