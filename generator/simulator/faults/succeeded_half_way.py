"""Fault `succeeded-half-way`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("succeeded-half-way", breaks="a task that SUCCEEDED is at 50 of 100")
class SucceededHalfWay(Fault):
    """The last step of the progress is not told."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict) and info["status"] == "SUCCEEDED":
            progress["completed"] = 50
