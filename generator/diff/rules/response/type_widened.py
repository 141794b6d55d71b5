"""The rule `response-type-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("response-type-widened", on=Pair[Shape], level="breaking", area="schema", direction="answer")
def type_widened(change: Pair[Shape]) -> str | None:
    """Callers get values that they do not expect, and decoding by the old description fails."""
    wider = relation(change.old, change.new) == "wider"
    return f"the type is {was(change.old.text, change.new.text)}" if wider else None
