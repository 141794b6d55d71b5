"""Fault `session-user-wrong`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("session-user-wrong", breaks="session get names another user")
class SessionUserWrong(Fault):
    """The session belongs to the one who asks, and says otherwise."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["user"] = "somebody.else@vsphere.local"
