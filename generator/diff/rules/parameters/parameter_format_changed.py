"""The rule `parameter-format-changed`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("parameter-format-changed", on=Pair[Format], level="breaking", area="parameters", direction="parameter")
def parameter_format_changed(change: Pair[Format]) -> str | None:
    """Values in the old format are refused."""
    both = change.old.name is not None and change.new.name is not None
    return f"the format is {was(change.old.name, change.new.name)}" if both else None
