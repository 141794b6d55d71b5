"""The rule `request-type-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair, Shape
from generator.diff.compare.values import relation
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("request-type-widened", on=Pair[Shape], level="safe", area="schema", direction="request")
def type_widened(change: Pair[Shape]) -> str | None:
    """More values are accepted; the old ones still are."""
    wider = relation(change.old, change.new) == "wider"
    return f"the type is {was(change.old.text, change.new.text)}" if wider else None
