"""The rule `optional-response-header-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule(
    "optional-response-header-removed", on=Removed[ResponseHeader], level="risky", area="responses", direction="answer"
)
def optional_response_header_removed(change: Removed[ResponseHeader]) -> str | None:
    """The header, which was not always sent, is not sent any more."""
    return None if change.old.required else "is gone"
