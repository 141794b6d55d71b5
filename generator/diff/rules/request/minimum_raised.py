"""The rule `request-minimum-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-minimum-raised", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def minimum_raised(change: Pair[Constraints]) -> str | None:
    """Smaller numbers that were accepted are refused."""
    return tightened(change, "minimum")
