"""Fault `error-while-succeeded`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("error-while-succeeded", breaks="a task that SUCCEEDED has an error")
class ErrorWhileSucceeded(Fault):
    """A warning is sent as an error."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if info["status"] == "SUCCEEDED":
            info["error"] = {"messages": [info["description"]], "error_type": "ERROR"}
