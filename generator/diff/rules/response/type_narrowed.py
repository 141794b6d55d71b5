"""The rule `response-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("response-type-narrowed", on=Pair[Shape], level="safe", area="schema", direction="answer")
def type_narrowed(change: Pair[Shape]) -> str | None:
    """Callers get only some of the values that they had to expect."""
    narrower = relation(change.old, change.new) == "narrower"
    return f"the type is {was(change.old.text, change.new.text)}" if narrower else None
