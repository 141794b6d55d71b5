"""Fault `token-in-header`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("token-in-header", breaks="answers repeat the session token in a header")
class TokenInHeader(Fault):
    """A header for debugging names the token."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        token = call.headers.get("vmware-api-session-id")
        return replace(reply, headers={**reply.headers, "X-Debug-Session": token}) if token else reply
