"""A task only goes forward: PENDING, then RUNNING or BLOCKED, then SUCCEEDED or FAILED for good (Cis_Task_Status)."""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding

CHECK = Check("task-order", __doc__, ("task-runs-again",), severity="content")
TERMINAL = ("SUCCEEDED", "FAILED")
_RANK = {"PENDING": 0, "RUNNING": 1, "BLOCKED": 1, "SUCCEEDED": 2, "FAILED": 2}


def hold(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    """The record's status may follow those of the readings before it."""
    status = record["status"]
    if status not in _RANK:
        told = f"{status!r} is not a status of a task ({', '.join(_RANK)})"
        raise Finding(CHECK, told, path="$.status", observed="unknown status")
    if not history:
        return
    before = history[-1]["status"]
    if _RANK[before] > _RANK[status]:
        told = f"the task went from {before} back to {status}"
        raise Finding(CHECK, told, path="$.status", observed=f"{before} to {status}")
    if before in TERMINAL and before != status:
        told = f"the task ended {before} and is now {status}"
        raise Finding(CHECK, told, path="$.status", observed=f"{before} to {status}")
