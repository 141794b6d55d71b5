"""The rule `response-pattern-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Constraints


@rule("response-pattern-changed", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def pattern_changed(change: Pair[Constraints]) -> str | None:
    """Callers may get texts that do not match the old pattern, and clients that check refuse them."""
    old, new = change.old.pattern, change.new.pattern
    changed = old is not None and new is not None and old != new
    return f"the pattern is {was(old, new)}" if changed else None
