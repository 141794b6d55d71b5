"""Several processes share a run: one limit, one lock, one result."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.copied.suite.ledger import Ledger
from vcsdk.copied.suite.shared import Shared
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, PASSWORD, Finished

CALL = "vcha.cluster.failover"


@pytest.mark.slow
def test_four_workers_hold_the_contract_through_outages(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator()

    finished = run_command(server.url, *FAILOVER, "--workers", "4", "--fuzz-examples", "3")

    assert finished.findings == []
    assert finished.results["verdict"] == "holds", finished.printed
    assert finished.status == 0
    assert 1 <= server.log.accepted[CALL] <= 4
    assert server.application.cluster.mode == "ENABLED"
    never = {name for name, row in finished.results["operations"].items() if not row["accepted"]}
    assert never == set()
    names = [row["test"] for row in finished.results["tests"]]
    assert len(set(names)) == len(names)
    assert sum("test_fuzz" in name for name in names) == len(finished.results["operations"])
    assert not any("@" in name.rpartition("]")[2] for name in names)


def test_the_limit_is_one_for_all_workers(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator("no-auth-check", "accepts-invalid-body")

    run_command(
        server.url, *FAILOVER, "--max-accepted", "2", "--workers", "4", "-k", "failover and not fuzz", powerless=False
    )

    assert server.log.accepted[CALL] == 2


def test_workers_get_a_password_that_came_by_descriptor(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    read, write = os.pipe()
    os.write(write, f"{PASSWORD}\n{PASSWORD}\n".encode())
    os.close(write)
    login = ("--username", "administrator@vsphere.local", "--password-fd", str(read))
    powerless = ("--powerless-username", "reader@vsphere.local", "--powerless-password-fd", str(read))
    server = simulator()
    try:
        finished = run_command(
            server.url,
            *login,
            *powerless,
            *("--workers", "2", "--level", "write", "-k", "mode_changes or vcha_operations"),
            login=False,
            powerless=False,
        )
    finally:
        os.close(read)

    assert finished.results["verdict"] == "holds", finished.printed
    assert finished.results["operations"]["vcha.cluster.mode.set"]["statuses"]["403"] == 1
    for path in finished.folder.iterdir():
        assert PASSWORD not in path.read_text(encoding="utf-8"), path.name


@pytest.fixture
def shared(tmp_path: Path) -> Callable[[], Shared]:
    return lambda: Shared(tmp_path)


def test_readers_share_the_lock_and_a_writer_has_it_alone(shared: Callable[[], Shared]) -> None:
    inside: list[str] = []
    both = threading.Barrier(2, timeout=5)

    def reads() -> None:
        with shared().together():
            both.wait()

    readers = [threading.Thread(target=reads) for _ in range(2)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()

    def writes() -> None:
        with shared().alone():
            inside.append("writer")

    with shared().together():
        writer = threading.Thread(target=writes)
        writer.start()
        time.sleep(0.05)
        assert inside == []
    writer.join()
    assert inside == ["writer"]


def test_a_waiting_writer_goes_before_new_readers(shared: Callable[[], Shared]) -> None:
    order: list[str] = []

    def enter(kind: str) -> None:
        with shared().alone() if kind == "writer" else shared().together():
            order.append(kind)

    with shared().together():
        threads = []
        for kind in ("writer", "reader"):
            threads.append(threading.Thread(target=enter, args=(kind,)))
            threads[-1].start()
            time.sleep(0.1)
    for thread in threads:
        thread.join()

    assert order == ["writer", "reader"]


def test_no_two_can_take_the_last_place(tmp_path: Path) -> None:
    start = threading.Barrier(8, timeout=5)
    taken: list[Path | None] = []

    def take() -> None:
        start.wait()
        taken.append(Ledger(tmp_path, 3).take("x"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([place for place in taken if place is not None]) == 3


def test_the_first_reason_for_giving_up_stands(shared: Callable[[], Shared]) -> None:
    shared().lose("first")
    shared().lose("second")

    assert shared().lost == "first"
