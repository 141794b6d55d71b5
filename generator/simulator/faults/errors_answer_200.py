"""Fault `errors-answer-200`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("errors-answer-200", breaks="an unknown task is answered 200 with an error in the body")
class ErrorsAnswer200(Fault):
    """The status does not say what the body says."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour not in ("task.get", "task.cancel") or reply.status != 404:
            return reply
        return replace(reply, status=200)
