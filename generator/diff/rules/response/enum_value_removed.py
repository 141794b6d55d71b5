"""The rule `response-enum-value-removed`."""

from __future__ import annotations

from generator.diff.changes import EnumValue, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-enum-value-removed", on=Removed[EnumValue], level="safe", area="schema", direction="answer")
def enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """Callers no longer get the value."""
    if change.old.single:
        return None
    return f"the value {quoted(change.old.value)} is gone"
