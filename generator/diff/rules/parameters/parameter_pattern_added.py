"""The rule `parameter-pattern-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Constraints


@rule("parameter-pattern-added", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_pattern_added(change: Pair[Constraints]) -> str | None:
    """Texts that do not match are refused."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern is {quoted(new)}, and none was declared" if old is None and new is not None else None
