"""The rule `request-became-open`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("request-became-open", on=Pair[Choice], level="safe", area="schema", direction="request")
def became_open(change: Pair[Choice]) -> str | None:
    """Values beyond the list are accepted."""
    return "values are no longer limited to a list" if change.new.count == 0 else None
