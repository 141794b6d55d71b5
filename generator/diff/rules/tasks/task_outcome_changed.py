"""The rule `task-outcome-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("task-outcome-changed", on=Pair[Operation], level="risky", area="tasks")
def task_outcome_changed(change: Pair[Operation]) -> str | None:
    """Where the record of the task is lost, waiting decides by another property than before."""
    old, new = change.old.outcome, change.new.outcome
    changed = old is not None and new is not None and old != new
    return "its outcome is read from another part of the state of the target" if changed else None
