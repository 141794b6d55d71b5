"""The rule `response-header-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import ResponseHeader


@rule("response-header-became-required", on=Pair[ResponseHeader], level="safe", area="responses", direction="answer")
def response_header_became_required(change: Pair[ResponseHeader]) -> str | None:
    """The header is always sent."""
    return "is always sent now" if change.new.required and not change.old.required else None
