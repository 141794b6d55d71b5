"""The rule `response-content-type-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("response-content-type-added", on=Added[Media], level="risky", area="responses", direction="response")
def response_content_type_added(change: Added[Media]) -> str | None:
    """Callers may get a notation that they cannot read."""
    return f"the content type {quoted(change.new.content_type)} is new"
