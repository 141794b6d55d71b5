"""A task has an `end_time` once it has ended, not before `start_time`, and the same one ever after (Cis_Task_Info)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..check import Check, Finding
from .task_order import TERMINAL

CHECK = Check(
    "task-times", __doc__, ("task-without-end-time", "end-before-start", "end-time-moves"), severity="content"
)


def hold(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    """`end_time` fits the status, the start, and the readings before."""
    status, start, end = record["status"], record.get("start_time"), record.get("end_time")
    if status not in TERMINAL:
        if end is not None:
            raise Finding(CHECK, f"the task is {status} and has an `end_time`", path="$.end_time", observed=status)
        return
    if end is None:
        raise Finding(CHECK, f"the task is {status} and has no `end_time`", path="$.end_time", observed="missing")
    if isinstance(start, str) and isinstance(end, str):
        started, ended = (datetime.fromisoformat(text) for text in (start, end))
        if started > ended:
            told = f"the task ended ({end}) before it started ({start})"
            raise Finding(CHECK, told, path="$.end_time", observed="before start_time")
    if history and history[-1]["status"] == status and history[-1].get("end_time") not in (None, end):
        told = "the task's `end_time` changed after it had ended"
        raise Finding(CHECK, told, path="$.end_time", observed="changed")
