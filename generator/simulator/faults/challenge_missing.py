"""Fault `challenge-missing`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("challenge-missing", breaks="a refused sign-in has no challenge")
class ChallengeMissing(Fault):
    """The body of the 401 lacks what its schema is there for."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        return with_error(reply, lambda body: body.pop("challenge", None))
