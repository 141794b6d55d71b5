"""The rule `surface-module-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Module


@rule("surface-module-removed", on=Removed[Module], level="breaking", area="surface")
def module_removed(change: Removed[Module]) -> str | None:
    """Imports of the module, and of what it defines, fail."""
    return "is gone"
