"""The rule `response-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("response-type-changed", on=Pair[Shape], level="breaking", area="schema", direction="answer")
def type_changed(change: Pair[Shape]) -> str | None:
    """Callers get values of a type that they do not expect, and decoding by the old description fails."""
    other = relation(change.old, change.new) == "other"
    return f"the type is {was(change.old.text, change.new.text)}" if other else None
