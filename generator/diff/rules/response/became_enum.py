"""The rule `response-became-enum`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("response-became-enum", on=Pair[Choice], level="safe", area="schema", direction="answer")
def became_enum(change: Pair[Choice]) -> str | None:
    """Callers get listed values only."""
    return "only listed values are allowed now" if change.old.count == 0 else None
