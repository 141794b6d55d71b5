"""The rule `request-max-properties-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("request-max-properties-raised", on=Pair[Constraints], level="safe", area="schema", direction="request")
def max_properties_raised(change: Pair[Constraints]) -> str | None:
    """Objects with more properties are accepted that were refused."""
    return loosened(change, "maxProperties")
