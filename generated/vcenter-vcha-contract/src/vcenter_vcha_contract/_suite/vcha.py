"""vCenter HA: what its tests read off the cluster, and how they put it back as it was."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import tasks
from .addresses import CLUSTER, FAILOVER, MODE, SET_MODE
from .target import Target

__all__ = [
    "CLUSTER",
    "FAILOVER",
    "MODE",
    "MODES",
    "SET_MODE",
    "active_node",
    "cluster",
    "failover",
    "mode",
    "original_mode",
    "set_mode",
    "settle",
]

MODES = ("ENABLED", "DISABLED", "MAINTENANCE")

# Every mode can be reached from every other one by these steps (vSphere Automation API 8.0.3, VCHA Cluster Mode).
_VIA = {("DISABLED", "MAINTENANCE"): "ENABLED"}


def cluster(target: Target) -> dict[str, Any]:
    """The cluster as it stands now."""
    state: dict[str, Any] = target.post(CLUSTER).value
    return state


def active_node(target: Target) -> str:
    """Which of `node1` and `node2` is active."""
    state = cluster(target)
    active = [name for name in ("node1", "node2") if state[name]["runtime"]["role"] == "ACTIVE"]
    assert len(active) == 1, f"exactly one node must be ACTIVE, not {active}"
    return active[0]


def mode(target: Target) -> str:
    """The cluster's mode now."""
    value: str = target.get(MODE).value["mode"]
    return value


def settle(target: Target, timeout: float = 900.0) -> None:
    """Wait until the cluster is healthy, as failover and most changes of mode need it to be."""
    deadline = time.monotonic() + timeout
    pause = 0.05
    while (state := cluster(target)).get("health_state") != "HEALTHY":
        assert time.monotonic() < deadline, f"the cluster is still {state.get('health_state')} after {timeout:g} s"
        time.sleep(pause)
        pause = min(pause * 1.5, 5.0)


def set_mode(target: Target, wanted: str) -> None:
    """Bring the cluster into a mode, over the one between where there is no direct way."""
    settle(target)
    now = mode(target)
    for step in filter(None, (_VIA.get((now, wanted)), wanted)):
        if step != mode(target):
            tasks.follow(target, target.put(SET_MODE, {"mode": step}, expect=202).value)


@contextmanager
def original_mode(target: Target) -> Iterator[str]:
    """Give the cluster's mode, and bring it back at the end."""
    before = mode(target)
    yield before
    target.run.recover()
    if mode(target) != before:
        set_mode(target, before)


def failover(target: Target, *, planned: bool) -> str:
    """Start a failover; the task's identifier."""
    task: str = target.post(FAILOVER, {"planned": planned}, expect=202).value
    return task
