"""Fault `operation-active-and-disabled`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("operation-active-and-disabled", breaks="an operation is active and disabled at once")
class OperationActiveAndDisabled(Fault):
    """What runs is listed in both lists."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["disabled"] = sorted({*body["disabled"], *body["active"]})
