"""Fault `allow-missing`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("allow-missing", breaks="a 405 lacks the header Allow")
class AllowMissing(Fault):
    """The client is not told which methods there are."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 405:
            return reply
        return replace(reply, headers={name: value for name, value in reply.headers.items() if name != "Allow"})
