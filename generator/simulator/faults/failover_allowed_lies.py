"""Fault `failover-allowed-lies`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("failover-allowed-lies", breaks="manual_failover_allowed is the opposite of the truth")
class FailoverAllowedLies(Fault):
    """The field contradicts mode and health."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["manual_failover_allowed"] = not body["manual_failover_allowed"]
