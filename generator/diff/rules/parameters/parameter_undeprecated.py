"""The rule `parameter-undeprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-undeprecated", on=Pair[Parameter], level="safe", area="parameters")
def parameter_undeprecated(change: Pair[Parameter]) -> str | None:
    """It may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None
