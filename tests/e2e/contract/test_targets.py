"""Targets that are not as near and as well as the simulator: the run says what happened, and always ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.simulator import Simulator

from .conftest import Finished
from .front import Front, private_authority

READ = ("-k", "not fuzz and (session or operations)")


@pytest.fixture
def authority(tmp_path: Path) -> tuple[Path, object]:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make certificates")
    folder = tmp_path / "certificates"
    folder.mkdir()
    return private_authority(folder)


def test_a_private_authority_is_trusted_if_named(
    authority: tuple[Path, object], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    certificate, context = authority
    front = Front(simulator().url, tls=context)  # type: ignore[arg-type]
    with front.running() as url:
        finished = run_suite(url, "--ca-bundle", str(certificate), *READ)

    assert finished.status == 0, finished.printed
    assert finished.results["verdict"] == "holds"


def test_a_private_authority_is_not_trusted_otherwise(
    authority: tuple[Path, object], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, tls=authority[1])  # type: ignore[arg-type]
    with front.running() as url:
        finished = run_suite(url, *READ)
        insecure = run_suite(url, "--insecure", *READ)

    assert finished.status == 3
    assert "certificate" in finished.results["trouble"].lower()
    assert insecure.status == 0


def test_an_authority_that_cannot_be_read_is_a_usage_error(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    finished = run_suite(simulator().url, "--ca-bundle", "/no/such/file.pem")

    assert finished.status == 4
    assert "--ca-bundle /no/such/file.pem" in finished.printed


def test_a_proxy_carries_every_request(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    server = simulator()
    proxy = Front(server.url)
    with proxy.running() as address:
        finished = run_suite(server.url, "--proxy", address, *READ)

    assert finished.results["verdict"] == "holds", finished.printed
    # A probe whose action no operation has is none of any operation either.
    probes = [line for line in proxy.seen if "action=no-such-" in line]
    assert len(proxy.seen) - len(probes) == server.log.received.total() > 50
    assert all(f" {server.url}/api/" in line for line in proxy.seen)


def test_a_proxy_tunnels_tls(
    authority: tuple[Path, object], simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    certificate, context = authority
    front, proxy = Front(simulator().url, tls=context), Front("")  # type: ignore[arg-type]
    with front.running() as url, proxy.running() as address:
        finished = run_suite(url, "--proxy", address, "--ca-bundle", str(certificate), *READ)

    assert finished.results["verdict"] == "holds", finished.printed
    assert proxy.seen
    assert all(line.startswith("CONNECT localhost:") for line in proxy.seen)


def test_a_slow_target_is_waited_for(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    # To its limit as the two seconds of a slow vCenter are to the usual thirty, and then some.
    front = Front(simulator().url, delay=0.05)
    with front.running() as url:
        finished = run_suite(url, "--timeout", "0.5", *READ)

    assert finished.results["verdict"] == "holds", finished.printed


def test_a_target_slower_than_the_limit_is_unreachable(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, delay=0.4)
    with front.running() as url:
        finished = run_suite(url, "--timeout", "0.1", *READ)

    assert finished.status == 3
    assert "does not answer" in finished.results["trouble"]
    assert "timed out" in finished.results["trouble"]


def test_an_answer_that_drips_in_is_given_up(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    # Each byte comes in time, the whole answer does not.
    front = Front(simulator().url, drip=0.05)
    with front.running() as url:
        finished = run_suite(url, "--timeout", "0.3", *READ)

    assert finished.status == 3
    assert "not complete in time" in finished.results["trouble"]


def test_a_target_that_asks_for_patience_gets_it(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, limit=7, retry_after="0")
    with front.running() as url:
        finished = run_suite(url, *READ)

    assert finished.results["verdict"] == "holds", finished.printed
    assert front.limited > 5
    answered = [row["statuses"].get("429", 0) for row in finished.results["operations"].values()]
    assert sum(answered) > 5


def test_a_limit_without_a_time_is_a_finding(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, limit=7, retry_after=None)
    with front.running() as url:
        finished = run_suite(url, *READ)

    assert finished.status == 1
    assert any("429" in finding for finding in finished.findings)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_target_that_dies_is_reported_and_nothing_is_lost(
    workers: str,
    simulator: Callable[..., Simulator],
    run_command: Callable[..., Finished],
) -> None:
    front = Front(simulator().url, dies_after=60)
    with front.running() as url:
        finished = run_command(url, "--recovery", "0.5", "--workers", workers, "-k", "not fuzz")

    results = finished.results
    assert finished.status == 3, finished.printed
    assert results["verdict"] == "unreachable"
    assert "does not answer" in results["trouble"]
    assert "its last answer was to" in results["trouble"]
    assert results["findings"] == []
    assert results["counts"]["passed"] > 5
    assert "the target went away" in {row["reason"] for row in results["skipped"]}
    events = [json.loads(line) for line in (finished.folder / "events.jsonl").read_text().splitlines()]
    told = [event for event in events if event["event"] == "test"]
    assert len(told) == sum(results["counts"].values())


def test_findings_before_the_end_stay_findings(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator("wrong-content-type").url, dies_after=60)
    with front.running() as url:
        finished = run_suite(url, "--recovery", "0.5", "-k", "not fuzz")

    assert finished.status == 1, finished.printed
    assert finished.results["verdict"] == "broken"
    assert "does not answer" in finished.results["trouble"]
