"""Fault `witness-is-passive`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("witness-is-passive", breaks="the witness has the role PASSIVE")
class WitnessIsPassive(Fault):
    """The witness is told as a node."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["witness"]["runtime"]["role"] = "PASSIVE"
