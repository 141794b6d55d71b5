"""Fault `action-ignored`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.routing import Match, Target


@fault("action-ignored", breaks="a missing or unknown action is taken for the first operation of the path")
class ActionIgnored(Fault):
    """The constants of the query are not compared."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        try:
            return proceed()
        except Refusal as refusal:
            if refusal.error_type == "OPERATION_NOT_FOUND" and candidates:
                return candidates[0]
            raise
