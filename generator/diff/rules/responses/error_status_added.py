"""The rule `error-status-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Response


@rule("error-status-added", on=Added[Response], level="risky", area="responses", direction="error")
def error_status_added(change: Added[Response]) -> str | None:
    """Calls can fail in a way that was not documented; callers that tell errors apart may want to know it."""
    return "this error is new"
