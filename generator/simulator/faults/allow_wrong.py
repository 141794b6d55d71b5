"""Fault `allow-wrong`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("allow-wrong", breaks="Allow names the method that was refused")
class AllowWrong(Fault):
    """The header repeats the request instead of describing the path."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 405:
            return reply
        return replace(reply, headers={**reply.headers, "Allow": call.target.method})
