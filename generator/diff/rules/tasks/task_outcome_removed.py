"""The rule `task-outcome-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("task-outcome-removed", on=Pair[Operation], level="risky", area="tasks")
def task_outcome_removed(change: Pair[Operation]) -> str | None:
    """Where the record of the task is lost, waiting can no longer tell the outcome."""
    removed = change.old.outcome is not None and change.new.outcome is None
    return "its outcome can no longer be read from the state of the target" if removed else None
