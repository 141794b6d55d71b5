"""The rule `response-became-not-nullable`."""

from __future__ import annotations

from generator.diff.changes import Nullness, Pair
from generator.diff.registry import rule


@rule("response-became-not-nullable", on=Pair[Nullness], level="safe", area="schema", direction="answer")
def became_not_nullable(change: Pair[Nullness]) -> str | None:
    """Callers need not look for null."""
    return "may no longer be null" if change.old.allowed and not change.new.allowed else None
