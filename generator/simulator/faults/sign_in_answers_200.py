"""Fault `sign-in-answers-200`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("sign-in-answers-200", breaks="session create answers 200 instead of 201")
class SignInAnswers200(Fault):
    """The status of the success is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=200) if call.behaviour == "session.create" and reply.status == 201 else reply
