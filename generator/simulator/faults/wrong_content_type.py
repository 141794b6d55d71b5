"""Fault `wrong-content-type`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("wrong-content-type", breaks="JSON answers say text/plain")
class WrongContentType(Fault):
    """The header Content-Type is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return reply if reply.content_type is None else replace(reply, content_type="text/plain")
