"""The rule `request-multiple-of-loosened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-multiple-of-loosened", on=Pair[Constraints], level="safe", area="schema", direction="request")
def multiple_of_loosened(change: Pair[Constraints]) -> str | None:
    """Numbers between the steps are accepted that were refused."""
    return loosened(change, "multipleOf")
