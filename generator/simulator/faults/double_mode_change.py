"""Fault `double-mode-change`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("double-mode-change", breaks="a second change of mode is accepted while one runs")
class DoubleModeChange(Fault):
    """Set mode does not look whether another cluster operation runs."""

    def __init__(self) -> None:
        self._sets_mode = False

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        self._sets_mode = call.behaviour == "vcha.mode.set"
        return proceed()

    def check_idle(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if not self._sets_mode:
            proceed()
