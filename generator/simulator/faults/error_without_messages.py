"""Fault `error-without-messages`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("error-without-messages", breaks="errors have no messages")
class ErrorWithoutMessages(Fault):
    """`messages` is there and empty."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_error(reply, lambda body: body.update(messages=[]))
