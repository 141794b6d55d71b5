"""The rule `surface-exception-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Class, ClassKind


@rule("surface-exception-removed", on=Removed[Class], level="breaking", area="surface")
def exception_removed(change: Removed[Class]) -> str | None:
    """Imports of the exception fail, and with them the handlers."""
    return "is gone" if change.old.kind is ClassKind.EXCEPTION else None
