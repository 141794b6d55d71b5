"""The rule `response-tag-value-added`."""

from __future__ import annotations

from generator.diff.changes import Added, TagValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-tag-value-added", on=Added[TagValue], level="risky", area="schema", direction="answer")
def tag_value_added(change: Added[TagValue]) -> str | None:
    """Callers may get a value of the discriminator that they do not know."""
    return f"the discriminator's value {quoted(change.new.value)} is new"
