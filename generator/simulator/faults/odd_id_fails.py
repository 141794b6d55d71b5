"""Fault `odd-id-fails`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("odd-id-fails", breaks="an identifier with odd characters is answered 500")
class OddIdFails(Fault):
    """A quote or a slash in an identifier breaks the server."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.behaviour.startswith("task.") and any(char in str(call.parameters.get("task", "")) for char in "'/\0"):
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()
