"""The rule `surface-class-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Class, ClassKind


@rule("surface-class-removed", on=Removed[Class], level="breaking", area="surface")
def class_removed(change: Removed[Class]) -> str | None:
    """Imports of the class fail."""
    return None if change.old.kind is ClassKind.EXCEPTION else "is gone"
