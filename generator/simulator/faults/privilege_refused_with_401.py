"""Fault `privilege-refused-with-401`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("privilege-refused-with-401", breaks="a missing privilege is refused with 401")
class PrivilegeRefusedWith401(Fault):
    """The two refusals are mixed up."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 403:
            return reply
        headers = {**reply.headers, "WWW-Authenticate": "SessionId"}
        return with_error(
            replace(reply, status=401, headers=headers), lambda body: body.update(error_type="UNAUTHENTICATED")
        )
