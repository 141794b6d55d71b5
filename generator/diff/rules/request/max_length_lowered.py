"""The rule `request-max-length-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-max-length-lowered", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def max_length_lowered(change: Pair[Constraints]) -> str | None:
    """Longer texts that were accepted are refused."""
    return tightened(change, "maxLength")
