"""The rule `request-min-length-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-min-length-raised", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def min_length_raised(change: Pair[Constraints]) -> str | None:
    """Shorter texts that were accepted are refused."""
    return tightened(change, "minLength")
