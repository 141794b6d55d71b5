"""The rule `surface-class-kind-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Class


@rule("surface-class-kind-changed", on=Pair[Class], level="breaking", area="surface")
def class_kind_changed(change: Pair[Class]) -> str | None:
    """What programs do with the class, such as catching it or listing its members, fails."""
    return f"is {was(change.old.kind.value, change.new.kind.value)}" if change.old.kind is not change.new.kind else None
