"""The rule `surface-base-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.surface import Class


@rule("surface-base-removed", on=Pair[Class], level="breaking", area="surface")
def base_removed(change: Pair[Class]) -> str | None:
    """Handlers and checks for the base no longer find the class, and what it inherited is gone."""
    removed = [base for base in change.old.bases if base not in change.new.bases]
    return f"no longer derives from {quoted(', '.join(removed))}" if removed else None
