"""The rule `parameter-became-not-nullable`."""

from __future__ import annotations

from generator.diff.changes import Nullness, Pair
from generator.diff.registry import rule


@rule("parameter-became-not-nullable", on=Pair[Nullness], level="breaking", area="parameters", direction="parameter")
def parameter_became_not_nullable(change: Pair[Nullness]) -> str | None:
    """Null is refused."""
    return "may no longer be null" if change.old.allowed and not change.new.allowed else None
