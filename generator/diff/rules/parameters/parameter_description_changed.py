"""The rule `parameter-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-description-changed", on=Pair[Parameter], level="safe", area="parameters")
def parameter_description_changed(change: Pair[Parameter]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None
