"""Fault `enumeration-in-lower-case`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("enumeration-in-lower-case", breaks="a value of an enumeration is in lower case")
class EnumerationInLowerCase(Fault):
    """The mode is "enabled"."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.mode.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["mode"] = body["mode"].lower()
