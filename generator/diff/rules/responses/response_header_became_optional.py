"""The rule `response-header-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule("response-header-became-optional", on=Pair[ResponseHeader], level="risky", area="responses", direction="answer")
def response_header_became_optional(change: Pair[ResponseHeader]) -> str | None:
    """Callers have to be ready for an answer without the header."""
    return "is not always sent now" if change.old.required and not change.new.required else None
