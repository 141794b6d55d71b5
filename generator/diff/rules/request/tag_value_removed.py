"""The rule `request-tag-value-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed, TagValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-tag-value-removed", on=Removed[TagValue], level="breaking", area="schema", direction="input")
def tag_value_removed(change: Removed[TagValue]) -> str | None:
    """Requests with this value of the discriminator are refused."""
    return f"the discriminator's value {quoted(change.old.value)} is gone"
