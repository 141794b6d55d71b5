"""Fault `body-on-get-fails`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("body-on-get-fails", breaks="a GET with a body is answered 500")
class BodyOnGetFails(Fault):
    """The server does not expect a body and fails."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.target.method == "GET" and call.raw_body:
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()
