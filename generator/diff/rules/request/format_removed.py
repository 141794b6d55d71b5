"""The rule `request-format-removed`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-format-removed", on=Pair[Format], level="safe", area="schema", direction="request")
def format_removed(change: Pair[Format]) -> str | None:
    """Values need not have the format."""
    return f"the format {quoted(change.old.name)} is no longer declared" if change.new.name is None else None
