"""The rule `error-content-type-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("error-content-type-removed", on=Removed[Media], level="risky", area="errors", direction="error")
def error_content_type_removed(change: Removed[Media]) -> str | None:
    """Errors are no longer sent in this notation."""
    return f"the content type {quoted(change.old.content_type)} is gone"
