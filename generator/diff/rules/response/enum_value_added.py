"""The rule `response-enum-value-added`."""

from __future__ import annotations

from generator.diff.changes import Added, EnumValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-enum-value-added", on=Added[EnumValue], level="risky", area="schema", direction="answer")
def enum_value_added(change: Added[EnumValue]) -> str | None:
    """Callers may get a value that they do not know; generated clients keep its text."""
    if change.new.single:
        return None
    return f"the value {quoted(change.new.value)} is new"
