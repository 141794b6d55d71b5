"""The rule `response-union-member-removed`."""

from __future__ import annotations

from generator.diff.changes import Member, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("response-union-member-removed", on=Removed[Member], level="safe", area="schema", direction="answer")
def union_member_removed(change: Removed[Member]) -> str | None:
    """Callers no longer get values of this kind."""
    return f"the alternative {quoted(change.old.text)} is gone"
