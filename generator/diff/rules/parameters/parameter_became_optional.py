"""The rule `parameter-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-became-optional", on=Pair[Parameter], level="safe", area="parameters")
def parameter_became_optional(change: Pair[Parameter]) -> str | None:
    """It may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None
