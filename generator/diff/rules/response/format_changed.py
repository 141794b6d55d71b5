"""The rule `response-format-changed`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("response-format-changed", on=Pair[Format], level="breaking", area="schema", direction="answer")
def format_changed(change: Pair[Format]) -> str | None:
    """Values have another form, and decoding by the old description fails."""
    both = change.old.name is not None and change.new.name is not None
    return f"the format is {was(change.old.name, change.new.name)}" if both else None
