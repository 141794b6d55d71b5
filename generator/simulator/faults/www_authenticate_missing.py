"""Fault `www-authenticate-missing`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("www-authenticate-missing", breaks="a 401 lacks the header WWW-Authenticate")
class WwwAuthenticateMissing(Fault):
    """The client is not told how to authenticate."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        headers = {name: value for name, value in reply.headers.items() if name != "WWW-Authenticate"}
        return replace(reply, headers=headers)
