"""Fault `cluster-info-stale`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("cluster-info-stale", breaks="the cluster still shows the old mode after a change")
class ClusterInfoStale(Fault):
    """A cache keeps the first mode that was read."""

    def __init__(self) -> None:
        self._mode: str | None = None

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, self._keep) if call.behaviour == "vcha.get" else reply

    def _keep(self, body: dict[str, Any]) -> None:
        self._mode = self._mode or body["mode"]
        body["mode"] = self._mode
