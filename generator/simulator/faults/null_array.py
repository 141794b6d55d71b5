"""Fault `null-array`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("null-array", breaks="an empty array is sent as null")
class NullArray(Fault):
    """A list with nothing in it is null."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        if not body["active"]:
            body["active"] = None
