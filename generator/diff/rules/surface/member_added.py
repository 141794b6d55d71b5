"""The rule `surface-member-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Member


@rule("surface-member-added", on=Added[Member], level="safe", area="surface")
def member_added(change: Added[Member]) -> str | None:
    """There is one more value to compare with."""
    return "is new"
