"""The rule `response-union-member-added`."""

from __future__ import annotations

from generator.diff.changes import Added, Member
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-union-member-added", on=Added[Member], level="breaking", area="schema", direction="answer")
def union_member_added(change: Added[Member]) -> str | None:
    """Callers may get a kind of value that they do not know, and decoding by the old description fails."""
    return f"the alternative {quoted(change.new.text)} is new"
