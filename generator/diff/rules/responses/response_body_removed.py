"""The rule `response-body-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Response


@rule("response-body-removed", on=Pair[Response], level="breaking", area="responses", direction="response")
def response_body_removed(change: Pair[Response]) -> str | None:
    """Callers that read the content find none."""
    return "no longer carries content" if change.old.content and not change.new.content else None
