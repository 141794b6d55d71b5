"""Rules about operations that start tasks."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.tasks.operation_became_synchronous import operation_became_synchronous
from generator.diff.rules.tasks.operation_became_task import operation_became_task
from generator.diff.rules.tasks.task_outcome_added import task_outcome_added
from generator.diff.rules.tasks.task_outcome_changed import task_outcome_changed
from generator.diff.rules.tasks.task_outcome_removed import task_outcome_removed

RULES: tuple[Rule, ...] = (
    operation_became_task,
    operation_became_synchronous,
    task_outcome_added,
    task_outcome_removed,
    task_outcome_changed,
)
