"""The rule `request-enum-value-added`."""

from __future__ import annotations

from generator.diff.changes import Added, EnumValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-enum-value-added", on=Added[EnumValue], level="safe", area="schema", direction="request")
def enum_value_added(change: Added[EnumValue]) -> str | None:
    """One more value is accepted."""
    if change.new.single:
        return None
    return f"the value {quoted(change.new.value)} is new"
