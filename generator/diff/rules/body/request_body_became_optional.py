"""The rule `request-body-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Body


@rule("request-body-became-optional", on=Pair[Body], level="safe", area="body")
def request_body_became_optional(change: Pair[Body]) -> str | None:
    """The body may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None
