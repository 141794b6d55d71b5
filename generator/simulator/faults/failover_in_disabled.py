"""Fault `failover-in-disabled`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("failover-in-disabled", breaks="failover is accepted in every mode")
class FailoverInDisabled(Fault):
    """Neither the mode nor the members are looked at."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return
