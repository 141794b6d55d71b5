"""The generated client through real outages: refused connections, 503, a lost session, a lost record."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

OUTAGE = 0.3
"""Seconds of refused connections in each failover; `make soak` draws up to 10."""

FAILOVERS = 20
_LINE = "/api/vcenter/vcha/cluster?action=failover&vmw-task=true"


@contextmanager
def serving(described: Described, log: Path, **options: Any) -> Iterator[tuple[str, SimulatorOptions]]:
    settings = {
        "failover_seconds": 0.1,
        "outage": OUTAGE,
        "unavailable": 0.1,
        "task_seconds": 0.1,
        "log": log,
        **options,
    }
    chosen = SimulatorOptions(**settings)
    with Simulator(described, chosen).running() as url:
        yield url, chosen


def failovers_in(log: Path) -> list[int]:
    """The statuses of the failover requests that the server saw."""
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    return [row["status"] for row in rows if row["method"] == "POST" and row["target"] == _LINE]


def test_many_planned_failovers_in_a_row(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as vc:
            for _ in range(FAILOVERS):
                task = vc.vcha.cluster.failover(planned=True)
                assert task.wait(timeout=60, poll=0.05) is None
                assert task.info().status == "SUCCEEDED"
    assert failovers_in(log) == [202] * FAILOVERS


def test_many_planned_failovers_in_a_row_async(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"

    async def run(url: str, options: SimulatorOptions) -> None:
        async with sdk.AsyncVCenter(url, username=options.username, password=options.password) as vc:
            for _ in range(FAILOVERS):
                task = await vc.vcha.cluster.failover(planned=True)
                assert await task.wait(timeout=60, poll=0.05) is None
                assert (await task.info()).status == "SUCCEEDED"

    with serving(described, log) as (url, options):
        asyncio.run(run(url, options))
    assert failovers_in(log) == [202] * FAILOVERS


def test_a_forced_failover_is_decided_by_the_cluster(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as vc:
            task = vc.vcha.cluster.failover(planned=False)
            task.wait(timeout=60, poll=0.05)
            assert task.decided_by == "cluster state"
    assert failovers_in(log) == [202]


def test_a_server_gone_for_good_ends_with_a_timeout(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log, gone_for_good=True) as (url, options):
        vc = sdk.VCenter(url, username=options.username, password=options.password)
        task = vc.vcha.cluster.failover(planned=True)
        started = time.monotonic()
        with pytest.raises(sdk.TaskTimeout):
            task.wait(timeout=3, poll=0.1)
        # Not a speed test: a wait that hangs would never come here, one that gives up early would not have waited.
        assert time.monotonic() - started >= 3
        vc.close()
    assert failovers_in(log) == [202]


@pytest.mark.parametrize("status", [500, 503])
def test_a_session_service_that_is_late_is_waited_for(
    described: Described, sdk: ModuleType, tmp_path: Path, status: int
) -> None:
    log = tmp_path / "log"
    with serving(described, log, session_outage=OUTAGE + 1, session_outage_status=status) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as vc:
            task = vc.vcha.cluster.failover(planned=True)
            task.wait(timeout=60, poll=0.1)
    assert failovers_in(log) == [202]


def test_a_late_session_service_behind_a_short_timeout(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log, session_outage=60) as (url, options):
        vc = sdk.VCenter(url, username=options.username, password=options.password)
        task = vc.vcha.cluster.failover(planned=True)
        with pytest.raises(sdk.TaskTimeout):
            task.wait(timeout=OUTAGE + 2, poll=0.1)
        vc.close()
    assert failovers_in(log) == [202]


def test_a_failed_failover_raises_with_its_error_inside(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    with serving(described, tmp_path / "log", failover_fails=True) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as vc:
            task = vc.vcha.cluster.failover(planned=True)
            with pytest.raises(sdk.TaskFailed) as failure:
                task.wait(timeout=30, poll=0.05)
    assert isinstance(failure.value.error, sdk.VapiError)


def test_a_task_is_taken_up_again_from_its_checkpoint(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as first:
            checkpoint = first.vcha.cluster.failover(planned=False).checkpoint()
        assert options.password not in checkpoint
        with sdk.VCenter(url, username=options.username, password=options.password) as second:
            task = second.tasks.attach(checkpoint)
            task.wait(timeout=60, poll=0.05)
            assert task.decided_by == "cluster state"
    assert failovers_in(log) == [202]


def test_nothing_that_is_not_fit_leaves_the_client(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(described, log) as (url, options):
        with sdk.VCenter(url, username=options.username, password=options.password) as vc:
            with pytest.raises(sdk.ArgumentError, match="planned"):
                vc.vcha.cluster.failover(planned="yes")
    assert not log.exists() or not log.read_text()


def test_a_reader_may_not_fail_over(described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    with serving(described, tmp_path / "log") as (url, options):
        with sdk.VCenter(url, username=options.reader, password=options.password, language="de") as vc:
            with pytest.raises(sdk.Unauthorized) as refusal:
                vc.vcha.cluster.failover(planned=True)
    assert isinstance(refusal.value, sdk.ForbiddenError)
    assert (refusal.value.status, refusal.value.error_type) == (403, "UNAUTHORIZED")
