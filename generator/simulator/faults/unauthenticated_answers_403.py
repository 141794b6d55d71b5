"""Fault `unauthenticated-answers-403`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("unauthenticated-answers-403", breaks="a request without a session is refused with 403")
class UnauthenticatedAnswers403(Fault):
    """The two refusals are mixed up."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401 or call.behaviour == "session.create":
            return reply
        return with_error(replace(reply, status=403), lambda body: body.update(error_type="UNAUTHORIZED"))
