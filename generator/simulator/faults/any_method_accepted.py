"""Fault `any-method-accepted`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("any-method-accepted", breaks="a method that the path does not have is answered 200")
class AnyMethodAccepted(Fault):
    """Foreign methods are taken for reading nothing."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        foreign = reply.status == 405 and call.target.method != "TRACE"
        return Reply(200, {}, "application/json") if foreign else reply
