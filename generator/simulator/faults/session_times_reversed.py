"""Fault `session-times-reversed`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("session-times-reversed", breaks="a session was last used before it was made")
class SessionTimesReversed(Fault):
    """The two times are mixed up by a year."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["last_accessed_time"] = "2001" + body["last_accessed_time"][4:]
