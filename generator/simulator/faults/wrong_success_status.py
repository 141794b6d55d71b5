"""Fault `wrong-success-status`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("wrong-success-status", breaks="failover answers 200 instead of 202")
class WrongSuccessStatus(Fault):
    """The status of the success is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour == "vcha.failover" and reply.status == 202:
            return replace(reply, status=200)
        return reply
