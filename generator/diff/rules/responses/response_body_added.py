"""The rule `response-body-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Response


@rule("response-body-added", on=Pair[Response], level="risky", area="responses", direction="response")
def response_body_added(change: Pair[Response]) -> str | None:
    """The answer carries content, where it had none; methods that returned None return a value."""
    return "carries content now" if change.new.content and not change.old.content else None
