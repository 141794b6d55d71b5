"""Fault `accepts-any-content-type`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault


@fault("accepts-any-content-type", breaks="a body of any Content-Type is read as JSON")
class AcceptsAnyContentType(Fault):
    """The header Content-Type is not looked at."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        try:
            return proceed()
        except Refusal:
            return "application/json"
