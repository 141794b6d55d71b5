"""The rule `response-header-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule("response-header-added", on=Added[ResponseHeader], level="safe", area="responses", direction="answer")
def response_header_added(change: Added[ResponseHeader]) -> str | None:
    """The answer tells one thing more."""
    return "is new"
