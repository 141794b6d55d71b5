"""The rule `task-outcome-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("task-outcome-added", on=Pair[Operation], level="safe", area="tasks")
def task_outcome_added(change: Pair[Operation]) -> str | None:
    """Waiting can tell the outcome from the state of the target when the record of the task is lost."""
    added = change.old.outcome is None and change.new.outcome is not None
    return "its outcome can be read from the state of the target now" if added else None
