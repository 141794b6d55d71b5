"""The rule `request-enum-value-removed`."""

from __future__ import annotations

from generator.diff.changes import EnumValue, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-enum-value-removed", on=Removed[EnumValue], level="breaking", area="schema", direction="request")
def enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """The value is refused."""
    if change.old.single:
        return None
    return f"the value {quoted(change.old.value)} is gone"
