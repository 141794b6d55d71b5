"""Fault `end-before-start`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("end-before-start", breaks="a task ended before it started")
class EndBeforeStart(Fault):
    """The end is a year too early."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if "end_time" in info:
            info["end_time"] = "2001" + info["end_time"][4:]
