"""vCenter HA: what its tests read off the cluster, and how they put it back as it was."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from . import tasks
from .addresses import CLUSTER, FAILOVER, MODE, OPERATIONS, SET_MODE, below_prefix
from .addresses import operation as operation_at
from .answers import Answer
from .checks import cluster_roles, state_refusal
from .target import Target, waits

__all__ = [
    "CLUSTER",
    "FAILOVER",
    "MODE",
    "MODES",
    "OPERATIONS",
    "SET_MODE",
    "active_node",
    "at",
    "cluster",
    "failover",
    "mode",
    "operations",
    "original_mode",
    "set_mode",
    "settle",
    "start_mode",
]

_HEALTH = "the cluster's health"
MODES = ("ENABLED", "DISABLED", "MAINTENANCE")

# Every mode can be reached from every other one by these steps (vSphere Automation API 8.0.3, VCHA Cluster Mode).
_VIA = {("DISABLED", "MAINTENANCE"): "ENABLED"}


def at(target: Target, address: str) -> str:
    """Where one of the addresses is, as this API writes it."""
    return below_prefix(target.run.catalogue, address)


def cluster(target: Target) -> dict[str, Any]:
    """The cluster as it stands now."""
    # Older descriptions require the body, in which nothing is required.
    state: dict[str, Any] = target.post(at(target, CLUSTER), {}).result
    return state


def active_node(target: Target) -> str:
    """Which of `node1` and `node2` is active."""
    state = cluster(target)
    cluster_roles.hold(state)
    return next(name for name in ("node1", "node2") if state[name]["runtime"]["role"] == "ACTIVE")


def operations(target: Target) -> dict[str, Any]:
    """What the VCHA service does now, and what it does not allow now."""
    value: dict[str, Any] = target.get(at(target, OPERATIONS)).result
    return value


def mode(target: Target) -> str:
    """The cluster's mode now."""
    value: str = target.get(at(target, MODE)).result["mode"]
    return value


@waits
def settle(target: Target, timeout: float | None = None) -> None:
    """Wait until the cluster is healthy, as failover and most changes of mode need it to be."""
    timeout = timeout or target.run.settings.recovery
    deadline = time.monotonic() + timeout
    pause = 0.05
    while (state := cluster(target)).get("health_state") != "HEALTHY":
        if target.run.shared.has_hung(_HEALTH):
            pytest.skip("not exercised: the cluster has not become healthy before")
        if time.monotonic() >= deadline:
            target.run.shared.hang(_HEALTH)
            raise AssertionError(f"the cluster is still {state.get('health_state')} after {timeout:g} s")
        time.sleep(pause)
        pause = min(pause * 1.5, 5.0)


def set_mode(target: Target, wanted: str) -> None:
    """Bring the cluster into a mode, over the one between where there is no direct way."""
    settle(target)
    now = mode(target)
    for step in filter(None, (_VIA.get((now, wanted)), wanted)):
        if step != mode(target):
            tasks.follow(target, start_mode(target, step))


def start_mode(target: Target, wanted: str) -> str:
    """Start a change of mode that the state allows; the task's identifier."""
    _insist_on_rest(target)
    answer = target.send("PUT", at(target, SET_MODE), {"mode": wanted})
    state_refusal.accepted(answer, f"ready for {wanted}")
    task: str = target.hold(answer, expect=_success(answer, target)).result
    return task


@contextmanager
def original_mode(target: Target) -> Iterator[str]:
    """Give the cluster's mode, and bring it back at the end."""
    before, setting = mode(target), operation_at(target.run.catalogue, "PUT", SET_MODE)
    # A change back is followed here, as every task is whose rules hold.
    with target.run.gate.left_alone(setting.name if setting is not None else ""):
        yield before
        target.run.recover()
        if mode(target) != before:
            set_mode(target, before)


def failover(target: Target, *, planned: bool) -> str:
    """Start a failover that the state allows; the task's identifier."""
    _insist_on_rest(target)
    state = mode(target)
    answer = target.send("POST", at(target, FAILOVER), {"planned": planned})
    state_refusal.accepted(answer, f"HEALTHY and {state}")
    task: str = target.hold(answer, expect=_success(answer, target)).result
    return task


def _insist_on_rest(target: Target) -> None:
    """Start nothing where something that was started has not ended: nobody knows what the state allows then."""
    for address in (("PUT", SET_MODE), ("POST", FAILOVER)):
        operation = operation_at(target.run.catalogue, *address)
        if operation is not None and target.run.shared.has_hung(tasks.kind_of(operation.name)):
            timeout = target.run.settings.task_timeout
            pytest.skip(
                f"not exercised: a task of {operation.name} has not ended within {timeout:g} s (--task-timeout)"
            )


def _success(answer: Answer, target: Target) -> tuple[int, ...]:
    """The documented successes of what was answered."""
    documented = target.run.description.statuses(answer.operation) if answer.operation is not None else ()
    return tuple(int(status) for status in documented if status.isdecimal() and status.startswith("2")) or (202,)
