"""The rule `response-constant-changed`."""

from __future__ import annotations

from generator.diff.changes import Added, EnumValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-constant-changed", on=Added[EnumValue], level="breaking", area="schema", direction="answer")
def constant_changed(change: Added[EnumValue]) -> str | None:
    """Callers get another value than the only one that they expect."""
    return f"the only value is {quoted(change.new.value)}" if change.new.single else None
