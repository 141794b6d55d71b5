"""The rule `error-content-type-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Media


@rule("error-content-type-added", on=Added[Media], level="risky", area="errors", direction="error")
def error_content_type_added(change: Added[Media]) -> str | None:
    """Errors may come in a notation that callers cannot read."""
    return f"the content type {quoted(change.new.content_type)} is new"
