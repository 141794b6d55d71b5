"""The rule `response-pattern-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Constraints


@rule("response-pattern-removed", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def pattern_removed(change: Pair[Constraints]) -> str | None:
    """Callers may get texts that do not match, and clients that check by the old description refuse them."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
