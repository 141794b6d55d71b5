"""The rule `request-tag-value-added`."""

from __future__ import annotations

from generator.diff.changes import Added, TagValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-tag-value-added", on=Added[TagValue], level="safe", area="schema", direction="input")
def tag_value_added(change: Added[TagValue]) -> str | None:
    """One more value of the discriminator is accepted."""
    return f"the discriminator's value {quoted(change.new.value)} is new"
