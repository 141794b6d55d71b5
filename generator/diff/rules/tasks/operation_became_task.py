"""The rule `operation-became-task`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-became-task", on=Pair[Operation], level="breaking", area="tasks")
def operation_became_task(change: Pair[Operation]) -> str | None:
    """The call answers at once with a task to wait for, where it answered with the result."""
    return "starts a task now, and answered with the result" if change.new.task and not change.old.task else None
