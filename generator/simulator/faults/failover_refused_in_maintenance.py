"""Fault `failover-refused-in-maintenance`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.vcha import Cluster


@fault("failover-refused-in-maintenance", breaks="failover is refused in MAINTENANCE")
class FailoverRefusedInMaintenance(Fault):
    """Only ENABLED is taken for a mode that allows failover."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if cluster.mode == "MAINTENANCE":
            raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.failover-mode", (cluster.mode,)))
        proceed()
