"""Fault `planned-ignored`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.faults.registry import Fault, fault


@fault("planned-ignored", breaks="a planned failover is carried out as a forced one")
class PlannedIgnored(Fault):
    """`planned` is not read: the record of the task is lost."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        proceed()
        if call.behaviour == "vcha.failover" and isinstance(call.body, dict):
            call.body["planned"] = False
