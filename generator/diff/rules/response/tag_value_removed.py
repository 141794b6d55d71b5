"""The rule `response-tag-value-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed, TagValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-tag-value-removed", on=Removed[TagValue], level="safe", area="schema", direction="answer")
def tag_value_removed(change: Removed[TagValue]) -> str | None:
    """Callers no longer get this value of the discriminator."""
    return f"the discriminator's value {quoted(change.old.value)} is gone"
