"""A task ends: SUCCEEDED or FAILED, within the time that a task may take (`--task-timeout`; Cis_Task_Status)."""

from __future__ import annotations

from ..check import Check, Finding

CHECK = Check("task-ends", __doc__, ("task-never-ends",), severity="behaviour")


def broken(task: str, operation: str, seconds: float) -> Finding:
    """What is said of a task that is still running."""
    started = f", which {operation} started," if operation else ""
    told = f"task {task}{started} has not ended within {seconds:g} s (--task-timeout)"
    return Finding(CHECK, told, path="$.status", observed="does not end", operation=operation)
