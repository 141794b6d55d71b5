"""The same seed sends the same requests, to the byte, in every process; another seed sends others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished

# How often these are asked depends on how long something takes; sessions end with an outage and are made anew.
POLLED = ("/api/cis/tasks/", "/api/vcenter/vcha/cluster?action=get", "/api/session")

Sent = tuple[str, str, bytes]


@pytest.fixture
def sent(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Sent]]:
    def run(*options: str, hash_seed: str = "0") -> list[Sent]:
        server = simulator()
        requests: list[Sent] = []
        serve = server.application.serve

        def note(target: Any, headers: Any, body: bytes) -> Any:
            reply, operation = serve(target, headers, body)
            query = "&".join(f"{key}={value}" for key, value in target.query)
            requests.append((target.method, f"{target.path}?{query}", body))
            return reply, operation

        monkeypatch.setattr(server.application, "serve", note)
        monkeypatch.setenv("PYTHONHASHSEED", hash_seed)
        finished = run_command(server.url, "--fuzz-examples", "8", *options)
        assert finished.results["verdict"] == "holds", finished.printed
        return requests

    return run


def test_a_read_run_is_the_same_in_every_process(sent: Callable[..., list[Sent]]) -> None:
    first = sent("--seed", "5")

    assert sent("--seed", "5", hash_seed="4711") == first
    assert len(first) > 250


def test_another_seed_generates_other_requests(sent: Callable[..., list[Sent]]) -> None:
    assert sent("--seed", "5", "-k", "fuzz") != sent("--seed", "6", "-k", "fuzz")


@pytest.mark.slow
def test_a_destructive_run_differs_in_its_waiting_only(sent: Callable[..., list[Sent]]) -> None:
    def changes(hash_seed: str) -> list[Sent]:
        chosen = (*FAILOVER, "--max-accepted", "2", "-k", "failover")
        return [request for request in sent(*chosen, hash_seed=hash_seed) if not request[1].startswith(POLLED)]

    first = changes("0")

    assert changes("4711") == first
    assert sum("action=failover" in request[1] for request in first) > 10
