"""Fault `task-user-wrong`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("task-user-wrong", breaks="a task names another user")
class TaskUserWrong(Fault):
    """The service account stands where the caller should."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        info["user"] = "service-account@vsphere.local"
