"""The rule `response-content-type-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("response-content-type-removed", on=Removed[Media], level="breaking", area="responses", direction="response")
def response_content_type_removed(change: Removed[Media]) -> str | None:
    """Callers that ask for this notation do not get it."""
    return f"the content type {quoted(change.old.content_type)} is gone"
