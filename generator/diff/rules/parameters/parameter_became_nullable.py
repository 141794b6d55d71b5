"""The rule `parameter-became-nullable`."""

from __future__ import annotations

from generator.diff.changes import Nullness, Pair
from generator.diff.registry import rule


@rule("parameter-became-nullable", on=Pair[Nullness], level="safe", area="parameters", direction="parameter")
def parameter_became_nullable(change: Pair[Nullness]) -> str | None:
    """Null is accepted."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None
