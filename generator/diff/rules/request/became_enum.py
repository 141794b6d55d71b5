"""The rule `request-became-enum`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("request-became-enum", on=Pair[Choice], level="breaking", area="schema", direction="request")
def became_enum(change: Pair[Choice]) -> str | None:
    """Values that are not in the list are refused."""
    return "only listed values are allowed now" if change.old.count == 0 else None
