"""Fault `task-id-unknown`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("task-id-unknown", breaks="set mode answers an identifier that is no task")
class TaskIdUnknown(Fault):
    """The identifier is cut short."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.mode.set" or reply.status != 202:
            return reply
        return replace(reply, body=str(reply.body).partition(":")[0][:-4])
