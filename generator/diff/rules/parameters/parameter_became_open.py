"""The rule `parameter-became-open`."""

from __future__ import annotations

from generator.diff.changes import Choice, Pair
from generator.diff.registry import rule


@rule("parameter-became-open", on=Pair[Choice], level="safe", area="parameters", direction="parameter")
def parameter_became_open(change: Pair[Choice]) -> str | None:
    """Values beyond the list are accepted."""
    return "values are no longer limited to a list" if change.new.count == 0 else None
