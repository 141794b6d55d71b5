"""The rule `response-format-added`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-format-added", on=Pair[Format], level="risky", area="schema", direction="answer")
def format_added(change: Pair[Format]) -> str | None:
    """Values have a form now that generated clients turn into another Python type."""
    return f"the format is {quoted(change.new.name)}, and none was declared" if change.old.name is None else None
