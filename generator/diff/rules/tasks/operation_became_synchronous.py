"""The rule `operation-became-synchronous`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-became-synchronous", on=Pair[Operation], level="breaking", area="tasks")
def operation_became_synchronous(change: Pair[Operation]) -> str | None:
    """The call answers with the result, where it answered with a task to wait for."""
    return "answers with the result now, and started a task" if change.old.task and not change.new.task else None
