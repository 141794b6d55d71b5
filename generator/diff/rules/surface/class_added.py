"""The rule `surface-class-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Class, ClassKind


@rule("surface-class-added", on=Added[Class], level="safe", area="surface")
def class_added(change: Added[Class]) -> str | None:
    """There is something new to use."""
    return None if change.new.kind is ClassKind.EXCEPTION else "is new"
