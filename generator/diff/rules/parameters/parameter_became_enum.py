"""The rule `parameter-became-enum`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("parameter-became-enum", on=Pair[Choice], level="breaking", area="parameters", direction="parameter")
def parameter_became_enum(change: Pair[Choice]) -> str | None:
    """Values that are not in the list are refused."""
    return "only listed values are allowed now" if change.old.count == 0 else None
