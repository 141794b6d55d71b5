"""The rule `request-maximum-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-maximum-raised", on=Pair[Constraints], level="safe", area="schema", direction="request")
def maximum_raised(change: Pair[Constraints]) -> str | None:
    """Larger numbers are accepted that were refused."""
    return loosened(change, "maximum")
