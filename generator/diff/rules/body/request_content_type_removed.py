"""The rule `request-content-type-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("request-content-type-removed", on=Removed[Media], level="breaking", area="body", direction="request")
def request_content_type_removed(change: Removed[Media]) -> str | None:
    """Bodies in this notation are refused."""
    return f"the content type {quoted(change.old.content_type)} is gone"
