"""The rule `error-body-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Response


@rule("error-body-removed", on=Pair[Response], level="risky", area="responses", direction="error")
def error_body_removed(change: Pair[Response]) -> str | None:
    """Callers learn the status alone, not what the server has to say of it."""
    return "no longer carries content" if change.old.content and not change.new.content else None
