"""The rule `request-content-type-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("request-content-type-added", on=Added[Media], level="safe", area="body", direction="request")
def request_content_type_added(change: Added[Media]) -> str | None:
    """The body may be sent in one more notation."""
    return f"the content type {quoted(change.new.content_type)} is new"
