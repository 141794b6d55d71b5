"""The rule `error-status-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Response


@rule("error-status-removed", on=Removed[Response], level="safe", area="responses", direction="error")
def error_status_removed(change: Removed[Response]) -> str | None:
    """Calls no longer fail this way, or it is no longer documented."""
    return "this error is gone"
