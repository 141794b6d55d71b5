"""Progress stays between 0 and `total`, never goes back, and is whole when the task SUCCEEDED (Cis_Task_Progress)."""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding

CHECK = Check(
    "task-progress", __doc__, ("progress-over-total", "progress-goes-back", "succeeded-half-way"), severity="content"
)


def hold(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    """`completed` is possible, and possible after the readings before."""
    progress = record.get("progress")
    if progress is None:
        return
    total, completed = progress["total"], progress["completed"]
    if not 0 <= completed <= total:
        told = f"{completed} of {total} is no possible progress"
        raise Finding(CHECK, told, path="$.progress.completed", observed="out of bounds")
    if record["status"] == "SUCCEEDED" and completed != total:
        told = f"the task SUCCEEDED at {completed} of {total}"
        raise Finding(CHECK, told, path="$.progress.completed", observed="incomplete")
    earlier = [reading["progress"] for reading in history if reading.get("progress") is not None]
    if earlier and earlier[-1]["total"] == total and earlier[-1]["completed"] > completed:
        told = f"progress went from {earlier[-1]['completed']} to {completed}"
        raise Finding(CHECK, told, path="$.progress.completed", observed="went back")
