"""The rule `request-min-length-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-min-length-lowered", on=Pair[Constraints], level="safe", area="schema", direction="request")
def min_length_lowered(change: Pair[Constraints]) -> str | None:
    """Shorter texts are accepted that were refused."""
    return loosened(change, "minLength")
