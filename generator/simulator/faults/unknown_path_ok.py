"""Fault `unknown-path-ok`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("unknown-path-ok", breaks="a path that does not exist is answered 200")
class UnknownPathOk(Fault):
    """Every unknown path is an empty object."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        unknown = reply.status == 404 and call.operation is None and not call.target.query
        return Reply(200, {}, "application/json") if unknown else reply
