"""Fault `task-status-unknown`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("task-status-unknown", breaks="a running task has a status outside the enumeration")
class TaskStatusUnknown(Fault):
    """PENDING and RUNNING are called IN_PROGRESS."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._rename)

    def _rename(self, info: dict[str, Any]) -> None:
        if info["status"] in ("PENDING", "RUNNING"):
            info["status"] = "IN_PROGRESS"
