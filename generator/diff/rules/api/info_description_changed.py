"""The rule `info-description-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Api


@rule("info-description-changed", on=Pair[Api], level="safe", area="api")
def info_description_changed(change: Pair[Api]) -> str | None:
    """Documentation only."""
    return "the description is worded differently" if change.old.description != change.new.description else None
