"""The rule `success-status-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Response


@rule("success-status-added", on=Added[Response], level="risky", area="responses", direction="response")
def success_status_added(change: Added[Response]) -> str | None:
    """Callers may get a successful answer of a kind that they do not know."""
    return "this successful answer is new" if change.new.status.startswith("2") else None
