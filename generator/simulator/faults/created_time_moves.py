"""Fault `created-time-moves`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("created-time-moves", breaks="created_time is the time of the request")
class CreatedTimeMoves(Fault):
    """Every reading makes the session younger."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        self._readings += 1
        return with_object(reply, self._rejuvenate)

    def _rejuvenate(self, body: dict[str, Any]) -> None:
        body["created_time"] = f"2024-01-01T00:00:{self._readings % 60:02}.000Z"
