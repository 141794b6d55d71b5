"""Fault `malformed-body-fails`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("malformed-body-fails", breaks="a malformed body is answered 500")
class MalformedBodyFails(Fault):
    """What the client did wrong is reported as a failure of the server."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed")) from None
