"""Nothing reaches the target that the command line does not allow, also when the target is faulty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished

CALL = "vcha.cluster.failover"
WRITES = (CALL, "vcha.cluster.mode.set", "tasks.cancel")


def test_a_read_run_changes_nothing(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    server = simulator()

    finished = run_suite(server.url)

    assert finished.results["verdict"] == "holds", finished.printed
    assert {name: server.log.received[name] for name in WRITES} == dict.fromkeys(WRITES, 0)
    assert server.log.received["vcha.cluster.get"] > 30


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("--level", "destructive"), f"--allow {CALL}"),
        (("--allow", CALL), "--level destructive"),
        ((), f"--level destructive --allow {CALL}"),
    ],
    ids=["level alone", "name alone", "neither"],
)
def test_failover_needs_the_level_and_its_name(
    options: tuple[str, ...],
    hint: str,
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
) -> None:
    server = simulator()

    finished = run_suite(server.url, *options, "-k", "Failover or (fuzz and failover)")

    assert server.log.received[CALL] == 0
    assert any(row["reason"].endswith(hint) for row in finished.results["skipped"]), finished.results["skipped"]


@pytest.mark.parametrize("faults", [(), ("no-auth-check", "accepts-invalid-body")], ids=["clean", "accepts everything"])
def test_the_cap_holds_whoever_sends(
    faults: tuple[str, ...], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator(*faults)

    finished = run_suite(server.url, *FAILOVER, "--max-accepted", "2", "-k", "failover or cluster", powerless=False)

    assert server.log.accepted[CALL] == 2, finished.printed
    assert any("--max-accepted" in row["reason"] for row in finished.results["skipped"])


def test_a_cap_of_none_sends_nothing(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    server = simulator()

    run_suite(server.url, *FAILOVER, "--max-accepted", "0", "-k", "Failover")

    assert server.log.received[CALL] == 0


def test_what_must_be_refused_does_harm_within_the_cap_only(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator("accepts-invalid-body")

    chosen = "test_vcha_cluster.py and (malformed or not_json or content_type) or fuzz and failover"
    finished = run_suite(server.url, *FAILOVER, "-k", chosen)

    # What the powerless account is refused for its privilege shows nothing, so that the allowed one sends it again.
    assert server.log.received[CALL] > 4
    assert 0 < server.log.accepted[CALL] <= 4
    assert finished.results["verdict"] == "broken"


def test_without_a_powerless_account_that_is_not_tried_and_said(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator()

    chosen = "TestFailover and (malformed or not_json or content_type or constants) or fuzz and failover"
    finished = run_suite(server.url, *FAILOVER, "-k", chosen, powerless=False)

    assert server.log.received[CALL] == 0
    skipped = [row for row in finished.results["skipped"] if row["operation"] == CALL]
    assert len(skipped) > 10
    assert all("--powerless-username" in row["reason"] for row in skipped)
