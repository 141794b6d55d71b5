"""The rule `request-became-nullable`."""

from __future__ import annotations

from generator.diff.changes import Nullness, Pair
from generator.diff.registry import rule


@rule("request-became-nullable", on=Pair[Nullness], level="safe", area="schema", direction="request")
def became_nullable(change: Pair[Nullness]) -> str | None:
    """Null is accepted."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None
