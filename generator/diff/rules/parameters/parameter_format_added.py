"""The rule `parameter-format-added`."""

from __future__ import annotations

from generator.diff.changes import Format, Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("parameter-format-added", on=Pair[Format], level="breaking", area="parameters", direction="parameter")
def parameter_format_added(change: Pair[Format]) -> str | None:
    """Values that do not have the format are refused."""
    return f"the format is {quoted(change.new.name)}, and none was declared" if change.old.name is None else None
