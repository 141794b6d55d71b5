"""The rule `parameter-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-became-required", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_became_required(change: Pair[Parameter]) -> str | None:
    """Calls that leave it out are refused."""
    return "is required now" if change.new.required and not change.old.required else None
