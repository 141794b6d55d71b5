"""The rule `surface-name-changed`."""

from __future__ import annotations

from generator.diff.changes import Name, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("surface-name-changed", on=Pair[Name], level="breaking", area="surface")
def name_changed(change: Pair[Name]) -> str | None:
    """Programs that use the old name fail."""
    return f"is called {was(change.old.text, change.new.text)}"
