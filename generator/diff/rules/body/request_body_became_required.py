"""The rule `request-body-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Body


@rule("request-body-became-required", on=Pair[Body], level="breaking", area="body")
def request_body_became_required(change: Pair[Body]) -> str | None:
    """Requests without a body are refused."""
    return "is required now" if change.new.required and not change.old.required else None
