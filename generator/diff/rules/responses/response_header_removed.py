"""The rule `response-header-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule("response-header-removed", on=Removed[ResponseHeader], level="breaking", area="responses", direction="answer")
def response_header_removed(change: Removed[ResponseHeader]) -> str | None:
    """Callers that read the header find nothing."""
    return "is gone" if change.old.required else None
