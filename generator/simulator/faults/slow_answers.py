"""Fault `slow-answers`."""

from __future__ import annotations

import time
from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("slow-answers", breaks="session get takes long")
class SlowAnswers(Fault):
    """Reading the session takes 0.6 seconds."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.behaviour == "session.get":
            time.sleep(0.6)
        return proceed()
