"""Fault `operations-lie`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("operations-lie", breaks="failover is listed as disabled exactly when it is allowed")
class OperationsLie(Fault):
    """The list says the opposite of the truth."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        name = "vcenter.vcha.cluster.failover"
        if name in body["disabled"]:
            body["disabled"].remove(name)
        else:
            body["disabled"].append(name)
