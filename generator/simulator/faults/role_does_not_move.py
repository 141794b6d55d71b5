"""Fault `role-does-not-move`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("role-does-not-move", breaks="the same node is active after a failover")
class RoleDoesNotMove(Fault):
    """The failover succeeds, and the roles stay where they are."""

    def swap_roles(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return
