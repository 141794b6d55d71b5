"""Fault `failover-refused`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.vcha import Cluster


@fault("failover-refused", breaks="failover is refused in every mode")
class FailoverRefused(Fault):
    """The state is always taken for the wrong one."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.failover-mode", (cluster.mode,)))
