"""The rule `surface-base-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.surface import Class


@rule("surface-base-added", on=Pair[Class], level="safe", area="surface")
def base_added(change: Pair[Class]) -> str | None:
    """The class counts as one kind more."""
    added = [base for base in change.new.bases if base not in change.old.bases]
    return f"derives from {quoted(', '.join(added))} now" if added else None
