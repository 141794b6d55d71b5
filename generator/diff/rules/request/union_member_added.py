"""The rule `request-union-member-added`."""

from __future__ import annotations

from generator.diff.changes import Added, Member
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-union-member-added", on=Added[Member], level="safe", area="schema", direction="input")
def union_member_added(change: Added[Member]) -> str | None:
    """One more kind of value is accepted."""
    return f"the alternative {quoted(change.new.text)} is new"
