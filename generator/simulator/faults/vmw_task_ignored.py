"""Fault `vmw-task-ignored`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.routing import Match, Target


@fault("vmw-task-ignored", breaks="a missing vmw-task is not noticed")
class VmwTaskIgnored(Fault):
    """Operations are told apart by action alone."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        try:
            return proceed()
        except Refusal:
            for candidate in candidates:
                constants = {key: value for key, value in candidate.operation.fixed_query if key != "vmw-task"}
                if candidate.operation.fixed_query and all(
                    target.values(key) == [value] for key, value in constants.items()
                ):
                    return candidate
            raise
