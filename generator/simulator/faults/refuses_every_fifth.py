"""Fault `refuses-every-fifth`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("refuses-every-fifth", breaks="every fifth reading is refused with 429")
class RefusesEveryFifth(Fault):
    """A client that asks one question after the other is refused, and not told for how long."""

    def __init__(self) -> None:
        self._readings = 0

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.operation is not None and call.operation.method == "GET":
            self._readings += 1
            if self._readings % 5 == 0:
                raise Refusal(None, Message("api.unavailable"), status=429)
        return proceed()
