"""Fault `no-privilege-check`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.faults.registry import Fault, fault


@fault("no-privilege-check", breaks="a user without Global.VCServer may change the cluster")
class NoPrivilegeCheck(Fault):
    """Whoever is logged in may do everything."""

    def authorize(self, call: Call, proceed: Callable[[], None]) -> None:
        return
