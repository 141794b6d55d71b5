"""The rule `surface-export-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Export


@rule("surface-export-removed", on=Removed[Export], level="breaking", area="surface")
def export_removed(change: Removed[Export]) -> str | None:
    """Imports of the name from here fail."""
    return "is gone"
