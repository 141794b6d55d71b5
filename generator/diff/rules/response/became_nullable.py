"""The rule `response-became-nullable`."""

from __future__ import annotations

from generator.diff.changes import Nullness, Pair
from generator.diff.registry import rule


@rule("response-became-nullable", on=Pair[Nullness], level="breaking", area="schema", direction="answer")
def became_nullable(change: Pair[Nullness]) -> str | None:
    """Callers have to be ready for null, and decoding by the old description fails."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None
