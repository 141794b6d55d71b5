"""The rule `request-union-member-removed`."""

from __future__ import annotations

from generator.diff.changes import Member, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("request-union-member-removed", on=Removed[Member], level="breaking", area="schema", direction="input")
def union_member_removed(change: Removed[Member]) -> str | None:
    """Values of this kind are refused."""
    return f"the alternative {quoted(change.old.text)} is gone"
