"""The rule `required-request-body-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Body


@rule("required-request-body-added", on=Added[Body], level="breaking", area="body")
def required_request_body_added(change: Added[Body]) -> str | None:
    """Requests without a body are refused."""
    return "is new and required" if change.new.required else None
