"""Fault `mode-refused`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.vcha import Cluster


@fault("mode-refused", breaks="an allowed change of mode is refused")
class ModeRefused(Fault):
    """Leaving MAINTENANCE for DISABLED is not allowed."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if (cluster.mode, mode) == ("MAINTENANCE", "DISABLED"):
            raise Refusal(
                "NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.mode-transition", (cluster.mode, mode, cluster.health))
            )
        proceed()
