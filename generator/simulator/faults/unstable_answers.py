"""Fault `unstable-answers`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("unstable-answers", breaks="the cluster is told differently every second time")
class UnstableAnswers(Fault):
    """A cache behind the service flips between two states."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        self._readings += 1
        return with_object(reply, self._degrade) if self._readings % 2 == 0 else reply

    def _degrade(self, body: dict[str, Any]) -> None:
        body["config_state"] = "PREPARED"
