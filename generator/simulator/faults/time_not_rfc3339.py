"""Fault `time-not-rfc3339`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("time-not-rfc3339", breaks="a time is not in the form of RFC 3339")
class TimeNotRfc3339(Fault):
    """`created_time` has a blank and no time zone."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["created_time"] = body["created_time"].replace("T", " ").removesuffix("Z")
