"""Fault `double-failover`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("double-failover", breaks="a second failover is accepted while one runs")
class DoubleFailover(Fault):
    """Nobody looks whether another cluster operation runs."""

    def check_idle(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return
