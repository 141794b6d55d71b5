"""The rule `other-status-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Response


@rule("other-status-removed", on=Removed[Response], level="safe", area="responses", direction="response")
def other_status_removed(change: Removed[Response]) -> str | None:
    """An answer that was neither success nor error is no longer given."""
    return None if change.old.status.startswith("2") else "this answer is gone"
