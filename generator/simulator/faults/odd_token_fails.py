"""Fault `odd-token-fails`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.sessions import Caller


@fault("odd-token-fails", breaks="a token of another form is answered 500")
class OddTokenFails(Fault):
    """Only tokens of the usual form can be looked up."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        token = call.headers.get("vmware-api-session-id", "")
        if token and not all(char.isalnum() or char == "-" for char in token):
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()
