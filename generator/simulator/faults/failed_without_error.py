"""Fault `failed-without-error`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("failed-without-error", breaks="a task that FAILED has no error")
class FailedWithoutError(Fault):
    """Nobody learns why."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if info["status"] == "FAILED":
            info.pop("error", None)
