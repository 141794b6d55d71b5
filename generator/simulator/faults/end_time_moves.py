"""Fault `end-time-moves`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("end-time-moves", breaks="end_time is the time of the request")
class EndTimeMoves(Fault):
    """A finished task ends again with every reading."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if "end_time" in info:
            self._readings += 1
            info["end_time"] = f"2099-01-01T00:{self._readings // 60 % 60:02}:{self._readings % 60:02}.000Z"
