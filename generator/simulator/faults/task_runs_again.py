"""Fault `task-runs-again`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import task_in, with_task


@fault("task-runs-again", breaks="a task goes from SUCCEEDED back to RUNNING")
class TaskRunsAgain(Fault):
    """Every second look at a finished task shows it running."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def answer(self, call: Call, reply: Reply) -> Reply:
        info = task_in(reply) if call.behaviour == "task.get" and reply.status == 200 else None
        if info is None or info["status"] != "SUCCEEDED":
            return reply
        task = str(call.parameters.get("task", ""))
        self._seen[task] += 1
        return with_task(call, reply, self._run_again) if self._seen[task] % 2 == 0 else reply

    def _run_again(self, info: dict[str, Any]) -> None:
        info["status"] = "RUNNING"
        info.pop("end_time", None)
