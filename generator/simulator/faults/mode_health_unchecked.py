"""Fault `mode-health-unchecked`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault(
    "mode-health-unchecked",
    breaks="a change of mode that needs a healthy cluster is accepted in DEGRADED",
    needs={"members_down": ("witness",)},
)
class ModeHealthUnchecked(Fault):
    """Nobody looks at the health."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if not cluster.down:
            proceed()
