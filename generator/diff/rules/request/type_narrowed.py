"""The rule `request-type-narrowed`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("request-type-narrowed", on=Pair[Shape], level="breaking", area="schema", direction="request")
def type_narrowed(change: Pair[Shape]) -> str | None:
    """Some values that were accepted are refused."""
    narrower = relation(change.old, change.new) == "narrower"
    return f"the type is {was(change.old.text, change.new.text)}" if narrower else None
