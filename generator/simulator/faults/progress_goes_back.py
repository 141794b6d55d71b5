"""Fault `progress-goes-back`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("progress-goes-back", breaks="progress goes back")
class ProgressGoesBack(Fault):
    """Each reading of a running task is lower than the one before."""

    def __init__(self) -> None:
        self._left = 99

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict) and info["status"] != "SUCCEEDED":
            progress["completed"] = self._left
            self._left = (self._left - 1) % 100
