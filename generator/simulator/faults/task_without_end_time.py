"""Fault `task-without-end-time`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("task-without-end-time", breaks="a finished task has no end_time")
class TaskWithoutEndTime(Fault):
    """`end_time` is left out."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, lambda info: info.pop("end_time", None))
