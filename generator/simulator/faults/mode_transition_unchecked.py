"""Fault `mode-transition-unchecked`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("mode-transition-unchecked", breaks="every change of mode is accepted")
class ModeTransitionUnchecked(Fault):
    """Nobody looks which mode the cluster comes from."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if cluster.down:
            proceed()
