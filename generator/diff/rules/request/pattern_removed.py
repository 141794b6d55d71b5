"""The rule `request-pattern-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Constraints


@rule("request-pattern-removed", on=Pair[Constraints], level="safe", area="schema", direction="request")
def pattern_removed(change: Pair[Constraints]) -> str | None:
    """Texts need not match."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
