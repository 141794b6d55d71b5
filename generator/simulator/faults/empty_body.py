"""Fault `empty-body`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("empty-body", breaks="a success has no body")
class EmptyBody(Fault):
    """VCHA operations get answers 200 and nothing."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return (
            replace(reply, body=b"", json=False)
            if call.behaviour == "vcha.operations" and reply.status == 200
            else reply
        )
