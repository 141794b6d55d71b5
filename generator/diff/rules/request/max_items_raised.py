"""The rule `request-max-items-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-max-items-raised", on=Pair[Constraints], level="safe", area="schema", direction="request")
def max_items_raised(change: Pair[Constraints]) -> str | None:
    """Longer lists are accepted that were refused."""
    return loosened(change, "maxItems")
