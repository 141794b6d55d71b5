"""Fault `two-active-nodes`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("two-active-nodes", breaks="both nodes are ACTIVE")
class TwoActiveNodes(Fault):
    """The passive node is told as the active one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        for node in ("node1", "node2"):
            body[node]["runtime"]["role"] = "ACTIVE"
