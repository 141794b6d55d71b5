"""Fault `stack-trace-in-error`."""

from __future__ import annotations

import traceback

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_message


@fault("stack-trace-in-error", breaks="errors show a stack trace")
class StackTraceInError(Fault):
    """The first message of an error holds a Python traceback."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        trace = "".join(traceback.format_stack(limit=3))
        text = f"Traceback (most recent call last):\n{trace}KeyError: 'planned'"
        return with_message(reply, text)
