"""The rule `response-became-open`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("response-became-open", on=Pair[Choice], level="risky", area="schema", direction="answer")
def became_open(change: Pair[Choice]) -> str | None:
    """Callers may get values beyond the list."""
    return "values are no longer limited to a list" if change.new.count == 0 else None
