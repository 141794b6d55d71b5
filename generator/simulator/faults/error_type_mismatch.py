"""Fault `error-type-mismatch`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("error-type-mismatch", breaks="a 403 carries the error type NOT_FOUND")
class ErrorTypeMismatch(Fault):
    """The error type contradicts the status."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_error(reply, lambda body: body.update(error_type="NOT_FOUND")) if reply.status == 403 else reply
