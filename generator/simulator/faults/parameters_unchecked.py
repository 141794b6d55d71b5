"""Fault `parameters-unchecked`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault


@fault("parameters-unchecked", breaks="malformed parameters are accepted")
class ParametersUnchecked(Fault):
    """A query parameter of another type is ignored."""

    def check_parameters(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            call.parameters = dict(call.path_values)
