"""The rule `error-body-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Response


@rule("error-body-added", on=Pair[Response], level="safe", area="responses", direction="error")
def error_body_added(change: Pair[Response]) -> str | None:
    """The server says more of the error than its status."""
    return "carries content now" if change.new.content and not change.old.content else None
