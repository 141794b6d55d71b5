"""Fault `task-record-lost`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import task_in
from generator.simulator.messages import Message


@fault("task-record-lost", breaks="the record of a task is gone once it has finished")
class TaskRecordLost(Fault):
    """A finished task is not found."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour == "task.get" and (info := task_in(reply)) and info["status"] in ("SUCCEEDED", "FAILED"):
            raise Refusal("NOT_FOUND", Message("task.not-found", (str(call.parameters["task"]),)))
        return reply
