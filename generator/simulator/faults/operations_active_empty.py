"""Fault `operations-active-empty`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("operations-active-empty", breaks="what runs is not listed as active")
class OperationsActiveEmpty(Fault):
    """The list is always empty."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["active"] = []
