"""Fault `session-survives-delete`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("session-survives-delete", breaks="a deleted session is still valid")
class SessionSurvivesDelete(Fault):
    """Logging out answers 204 and ends nothing."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        return Reply(204) if call.behaviour == "session.delete" else proceed()
