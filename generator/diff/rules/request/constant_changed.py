"""The rule `request-constant-changed`."""

from __future__ import annotations

from generator.diff.changes import Added, EnumValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-constant-changed", on=Added[EnumValue], level="breaking", area="schema", direction="input")
def constant_changed(change: Added[EnumValue]) -> str | None:
    """The only value that was accepted is refused."""
    return f"the only value is {quoted(change.new.value)}" if change.new.single else None
