"""The rule `operation-safety-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Operation, Safety


@rule("operation-safety-lowered", on=Pair[Operation], level="risky", area="operations")
def operation_safety_lowered(change: Pair[Operation]) -> str | None:
    """The call counts as less harmful: contract tests may send it unasked, and clients may repeat a read."""
    order = list(Safety)
    lowered = order.index(change.new.safety) < order.index(change.old.safety)
    return f"the safety class is {was(change.old.safety.value, change.new.safety.value)}" if lowered else None
