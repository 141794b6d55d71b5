"""The rule `other-status-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Response


@rule("other-status-added", on=Added[Response], level="risky", area="responses", direction="response")
def other_status_added(change: Added[Response]) -> str | None:
    """Callers may get an answer, such as a redirection, that they do not follow."""
    return None if change.new.status.startswith("2") else "this answer is new"
