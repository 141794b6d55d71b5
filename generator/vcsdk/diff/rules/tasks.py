"""Rules about operations that start tasks."""

from __future__ import annotations

from vcsdk.diff.changes import Pair
from vcsdk.diff.registry import rule
from vcsdk.ir import Operation


@rule(
    "operation-became-task",
    on=Pair[Operation],
    level="breaking",
    area="tasks",
    told="{call} now starts a task; `wait()` gives its result",
)
def operation_became_task(change: Pair[Operation]) -> str | None:
    """The call answers at once with a task to wait for, where it answered with the result."""
    return "starts a task now, and answered with the result" if change.new.task and not change.old.task else None


@rule(
    "operation-became-synchronous",
    on=Pair[Operation],
    level="breaking",
    area="tasks",
    told="{call} no longer starts a task; it gives its result at once",
)
def operation_became_synchronous(change: Pair[Operation]) -> str | None:
    """The call answers with the result, where it answered with a task to wait for."""
    return "answers with the result now, and started a task" if change.old.task and not change.new.task else None


@rule("task-outcome-added", on=Pair[Operation], level="safe", area="tasks")
def task_outcome_added(change: Pair[Operation]) -> str | None:
    """Waiting can tell the outcome from the state of the target when the record of the task is lost."""
    added = change.old.outcome is None and change.new.outcome is not None
    return "its outcome can be read from the state of the target now" if added else None


@rule("task-outcome-removed", on=Pair[Operation], level="risky", area="tasks")
def task_outcome_removed(change: Pair[Operation]) -> str | None:
    """Where the record of the task is lost, waiting can no longer tell the outcome."""
    removed = change.old.outcome is not None and change.new.outcome is None
    return "its outcome can no longer be read from the state of the target" if removed else None


@rule("task-outcome-changed", on=Pair[Operation], level="risky", area="tasks")
def task_outcome_changed(change: Pair[Operation]) -> str | None:
    """Where the record of the task is lost, waiting decides by another property than before."""
    old, new = change.old.outcome, change.new.outcome
    changed = old is not None and new is not None and old != new
    return "its outcome is read from another part of the state of the target" if changed else None
