"""Fault `token-in-error`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_message


@fault("token-in-error", breaks="errors repeat the session token")
class TokenInError(Fault):
    """The first message of an error names the token that was sent."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        token = call.headers.get("vmware-api-session-id")
        return with_message(reply, f"Request of session {token} failed.") if token else reply
