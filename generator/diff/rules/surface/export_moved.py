"""The rule `surface-export-moved`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Export


@rule("surface-export-moved", on=Pair[Export], level="safe", area="surface")
def export_moved(change: Pair[Export]) -> str | None:
    """The name can be imported as before; another module defines it."""
    return f"comes from {was(change.old.home, change.new.home)}"
