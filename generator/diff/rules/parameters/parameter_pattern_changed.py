"""The rule `parameter-pattern-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Constraints


@rule("parameter-pattern-changed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_pattern_changed(change: Pair[Constraints]) -> str | None:
    """Texts that matched the old pattern alone are refused."""
    old, new = change.old.pattern, change.new.pattern
    changed = old is not None and new is not None and old != new
    return f"the pattern is {was(old, new)}" if changed else None
