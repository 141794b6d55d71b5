"""The rule `surface-alias-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Alias


@rule("surface-alias-removed", on=Removed[Alias], level="breaking", area="surface")
def alias_removed(change: Removed[Alias]) -> str | None:
    """Imports of the name fail."""
    return "is gone"
