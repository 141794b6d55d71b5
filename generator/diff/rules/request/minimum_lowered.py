"""The rule `request-minimum-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-minimum-lowered", on=Pair[Constraints], level="safe", area="schema", direction="request")
def minimum_lowered(change: Pair[Constraints]) -> str | None:
    """Smaller numbers are accepted that were refused."""
    return loosened(change, "minimum")
