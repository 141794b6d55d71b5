"""The rule `request-multiple-of-tightened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import tightened
from generator.ir import Constraints


@rule("request-multiple-of-tightened", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def multiple_of_tightened(change: Pair[Constraints]) -> str | None:
    """Numbers between the steps that were accepted are refused."""
    return tightened(change, "multipleOf")
