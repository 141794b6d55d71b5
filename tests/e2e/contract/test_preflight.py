"""What the target says of itself before the first test, and which runs are stopped by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished

CALL = "vcha.cluster.failover"
WRITE = ("--level", "write")
FEW = ("-k", "vcha_operations and not fuzz")


@pytest.fixture
def production(tmp_path: Path) -> Callable[[str], None]:
    """Writes the user's list of production hosts."""

    def write(content: str) -> None:
        file = tmp_path / "config" / "vcsdk" / "production.toml"
        file.parent.mkdir(parents=True)
        file.write_text(content, encoding="utf-8")

    return write


def test_what_the_target_says_stands_in_the_results(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    finished = run_suite(simulator(mode="MAINTENANCE", members_down=("witness",), build="24305161").url, *FEW)

    target = finished.results["target"]
    assert (target["product"], target["version"], target["build"]) == (
        "VMware vCenter Server",
        "8.0.3.00000",
        "24305161",
    )
    assert target["mode"] == "MAINTENANCE"
    assert target["health"] == "DEGRADED"
    assert target["manual_failover_allowed"] == "false"
    assert "vcenter.vcha.cluster.failover" in target["disabled_operations"]


@pytest.mark.parametrize(
    ("mode", "down", "told"),
    [
        ("ENABLED", ("witness", "node2"), "the cluster is ISOLATED"),
        ("ENABLED", ("witness",), "does not allow a failover by hand now (mode ENABLED, health DEGRADED)"),
        ("DISABLED", ("witness",), "the cluster is DEGRADED: it cannot be enabled"),
    ],
)
def test_a_failover_that_could_not_be_safe_is_not_tried(
    mode: str,
    down: tuple[str, ...],
    told: str,
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
) -> None:
    server = simulator(mode=mode, members_down=down)

    finished = run_suite(server.url, *FAILOVER)

    assert finished.status == 3
    assert finished.results["verdict"] == "unsafe"
    assert told in finished.results["trouble"]
    assert "--despite-preflight" in finished.results["trouble"]
    assert finished.results["counts"]["passed"] == 0
    assert server.log.received[CALL] == 0


def test_the_same_cluster_may_be_read(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    assert run_suite(simulator(members_down=("witness", "node2")).url, *FEW).status == 0


def test_the_preflight_can_be_overruled(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    finished = run_suite(simulator(members_down=("witness",)).url, *FAILOVER, *FEW, "--despite-preflight")

    assert finished.status == 0


def test_a_run_that_changes_something_needs_an_account(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator("any-password-accepted")

    finished = run_command(server.url, *WRITE, *FEW, login=False, powerless=False)

    assert finished.status == 3
    assert "pass --username" in finished.printed


def test_production_may_be_read_only(
    production: Callable[[str], None], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    production('hosts = ["vc-prod-*", "127.0.0.*"]\n')
    server = simulator()

    read, write = run_suite(server.url, *FEW), run_suite(server.url, *FEW, *WRITE)

    assert read.status == 0
    assert write.status == 3
    assert "is marked as production (pattern '127.0.0.*')" in write.results["trouble"]
    assert run_suite(server.url, *FEW, *WRITE, "--despite-preflight").status == 0


def test_nothing_overrules_the_mark_for_destructive_runs(
    production: Callable[[str], None], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    production('hosts = ["127.0.0.1"]\n')
    server = simulator()

    finished = run_suite(server.url, *FAILOVER, "--despite-preflight")

    assert finished.status == 3
    assert "marked as production" in finished.results["trouble"]
    assert "--despite-preflight" not in finished.results["trouble"]
    assert server.log.received[CALL] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("hosts = [", "Invalid"),
        ('hosts = "vc-prod"', "`hosts` must be a list of patterns"),
        ("host = []", "`host` is not known"),
        ("hosts = [1]", "`hosts` must be a list of patterns"),
    ],
)
def test_a_list_that_cannot_be_read_is_never_an_empty_one(
    content: str,
    told: str,
    production: Callable[[str], None],
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
) -> None:
    production(content)
    server = simulator()

    finished = run_suite(server.url, *FEW)

    assert finished.status == 4
    assert "production.toml" in finished.printed
    assert told in finished.printed
    assert server.log.received.total() == 0
