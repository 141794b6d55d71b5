"""The rule `parameter-length-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("parameter-length-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_length_narrowed(change: Pair[Constraints]) -> str | None:
    """Texts that were accepted are refused as too short or too long."""
    return tightened(change, "minLength", "maxLength")
