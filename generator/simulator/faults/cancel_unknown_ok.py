"""Fault `cancel-unknown-ok`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault


@fault("cancel-unknown-ok", breaks="cancelling an unknown task is accepted")
class CancelUnknownOk(Fault):
    """Nobody looks whether the task exists."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        try:
            return proceed()
        except Refusal as refusal:
            if call.behaviour == "task.cancel" and refusal.error_type == "NOT_FOUND":
                return Reply(204)
            raise
