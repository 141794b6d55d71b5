"""The rule `surface-member-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Member


@rule("surface-member-removed", on=Removed[Member], level="breaking", area="surface")
def member_removed(change: Removed[Member]) -> str | None:
    """Programs that name the member fail."""
    return "is gone"
