"""The rule `success-status-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Response


@rule("success-status-removed", on=Removed[Response], level="breaking", area="responses", direction="response")
def success_status_removed(change: Removed[Response]) -> str | None:
    """Callers that wait for this answer do not get it."""
    return "this successful answer is gone" if change.old.status.startswith("2") else None
