"""The rule `operation-safety-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Operation, Safety


@rule("operation-safety-raised", on=Pair[Operation], level="risky", area="operations")
def operation_safety_raised(change: Pair[Operation]) -> str | None:
    """The call can do more harm than before; contract tests and fuzzing no longer send it unasked."""
    order = list(Safety)
    raised = order.index(change.new.safety) > order.index(change.old.safety)
    return f"the safety class is {was(change.old.safety.value, change.new.safety.value)}" if raised else None
