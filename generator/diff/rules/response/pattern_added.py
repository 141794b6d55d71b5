"""The rule `response-pattern-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import Constraints


@rule("response-pattern-added", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def pattern_added(change: Pair[Constraints]) -> str | None:
    """Callers get matching texts only."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern is {quoted(new)}, and none was declared" if old is None and new is not None else None
