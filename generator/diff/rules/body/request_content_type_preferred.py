"""The rule `request-content-type-preferred`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.compare.media import essence
from generator.diff.registry import rule
from generator.diff.rules.words import preferred, was
from generator.ir import Body


@rule("request-content-type-preferred", on=Pair[Body], level="risky", area="body")
def request_content_type_preferred(change: Pair[Body]) -> str | None:
    """Clients send the body in another notation than before; the old one is still accepted."""
    old, new = preferred(change.old.content), preferred(change.new.content)
    kept = old in {essence(media) for media in change.new.content}
    return f"the content type that is sent by default is {was(old, new)}" if kept and old != new else None
