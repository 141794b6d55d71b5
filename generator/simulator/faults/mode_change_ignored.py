"""Fault `mode-change-ignored`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault
from generator.simulator.vcha import Cluster


@fault("mode-change-ignored", breaks="setting the mode succeeds and changes nothing")
class ModeChangeIgnored(Fault):
    """The task of set mode succeeds, and the mode is the old one."""

    def change_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return
