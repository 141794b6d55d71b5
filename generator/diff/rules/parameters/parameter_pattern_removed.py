"""The rule `parameter-pattern-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Constraints


@rule("parameter-pattern-removed", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_pattern_removed(change: Pair[Constraints]) -> str | None:
    """Texts need not match."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
