"""The rule `surface-exception-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Class, ClassKind


@rule("surface-exception-added", on=Added[Class], level="safe", area="surface")
def exception_added(change: Added[Class]) -> str | None:
    """There is one more exception to tell apart."""
    return "is new" if change.new.kind is ClassKind.EXCEPTION else None
