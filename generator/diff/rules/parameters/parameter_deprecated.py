"""The rule `parameter-deprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-deprecated", on=Pair[Parameter], level="risky", area="parameters")
def parameter_deprecated(change: Pair[Parameter]) -> str | None:
    """It still works, but callers should plan to leave it out."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None
