"""A task has an `error` when it is FAILED, and at no other time (Cis_Task_Info)."""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding

CHECK = Check("task-error", __doc__, ("failed-without-error", "error-while-succeeded"), severity="content")


def hold(history: list[dict[str, Any]], record: dict[str, Any]) -> None:  # noqa: ARG001 - all task checks have one shape
    """`error` is there exactly if the status is FAILED."""
    status, has_error = record["status"], record.get("error") is not None
    if has_error != (status == "FAILED"):
        told = f"`error` belongs to FAILED and to nothing else; the task is {status}"
        raise Finding(CHECK, told, path="$.error", observed=f"{status} {'with' if has_error else 'without'} error")
