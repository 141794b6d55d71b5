"""Fault `cancel-accepts-anything`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault


@fault("cancel-accepts-anything", breaks="cancelling a task that is not cancelable is accepted")
class CancelAcceptsAnything(Fault):
    """The wish is noted and forgotten."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        try:
            return proceed()
        except Refusal as refusal:
            if call.behaviour == "task.cancel" and refusal.error_type == "UNSUPPORTED":
                return Reply(204)
            raise
