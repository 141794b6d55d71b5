"""The rule `surface-class-moved`."""

from __future__ import annotations

from generator.diff.changes import Home, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("surface-class-moved", on=Pair[Home], level="risky", area="surface")
def class_moved(change: Pair[Home]) -> str | None:
    """Imports from the old module fail; those from the package that collects the names still work."""
    return f"is defined in {was(change.old.module, change.new.module)}"
