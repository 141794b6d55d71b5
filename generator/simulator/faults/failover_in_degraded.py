"""Fault `failover-in-degraded`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault(
    "failover-in-degraded",
    breaks="failover is accepted although a member is missing",
    needs={"members_down": ("witness",)},
)
class FailoverInDegraded(Fault):
    """Only the mode is looked at."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if not cluster.down:
            proceed()
