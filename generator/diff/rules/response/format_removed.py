"""The rule `response-format-removed`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-format-removed", on=Pair[Format], level="breaking", area="schema", direction="answer")
def format_removed(change: Pair[Format]) -> str | None:
    """Values may have another form, and decoding by the old description fails."""
    return f"the format {quoted(change.old.name)} is no longer declared" if change.new.name is None else None
