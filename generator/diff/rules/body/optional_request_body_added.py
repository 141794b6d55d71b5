"""The rule `optional-request-body-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Body


@rule("optional-request-body-added", on=Added[Body], level="safe", area="body")
def optional_request_body_added(change: Added[Body]) -> str | None:
    """A body may be sent; requests without one do as before."""
    return None if change.new.required else "is new"
