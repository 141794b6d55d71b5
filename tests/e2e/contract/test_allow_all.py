"""`--allow-all`: everything may be called on a simulator of this machine, and nothing on anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from vcsdk.copied.suite import simulated
from vcsdk.simulator import Simulator, control

from .conftest import Finished
from .front import Front

CALL = "vcha.cluster.failover"
EVERYTHING = ("--level", "destructive", "--allow-all", "--despite-preflight")
FEW = ("-k", "TestFailover or (fuzz and (failover or mode))", "--fuzz-examples", "3")


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes = b"{}") -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything alike; gives its origin, and the requests with their credentials."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            seen.append(f"{self.command} {self.path} {self.headers.get('Authorization', '-')}")
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the standard library's names

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
        server.shutdown()


def test_both_sides_mean_the_same_by_it() -> None:
    assert (simulated.NAME, f"{simulated.PLACE}/") == (control.NAME, control.PREFIX)


def test_a_simulator_is_called_for_everything(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator()

    finished = run_suite(server.url, *EVERYTHING, *FEW)

    assert finished.status == 0, finished.printed
    assert server.log.accepted[CALL] > 0
    assert server.log.received["vcha.cluster.mode.set"] > 3
    assert finished.results["options"]["allow_all"] is True
    # It has proved itself outside its API, and after each failover again.
    assert server.application.outage.count > 0


def test_the_level_still_counts(simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]) -> None:
    server = simulator()

    finished = run_suite(server.url, "--allow-all", "--level", "write", *FEW)

    assert server.log.received[CALL] == 0, finished.printed
    assert server.log.received["vcha.cluster.mode.set"] > 0


SAYS_SO = b'{"simulator": "vcsdk-simulator"}'


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (404, {"Server": "envoy"}, b"{}"),
        (200, {"Server": "envoy"}, SAYS_SO),
        (200, {}, SAYS_SO),
        (200, {"Server": "vcsdk-simulator"}, b"<html>"),
        (200, {"Server": "vcsdk-simulator"}, b'["vcsdk-simulator"]'),
        (404, {"Server": "vcsdk-simulator"}, SAYS_SO),
        (307, {"Location": "/elsewhere", "Server": "vcsdk-simulator"}, SAYS_SO),
    ],
    ids=["vCenter", "another server", "no name", "no JSON", "no object", "not found", "sends elsewhere"],
)
def test_another_target_gets_no_password_and_no_change(
    status: int, headers: dict[str, str], body: bytes, run_suite: Callable[..., Finished]
) -> None:
    with answering(status, headers, body) as (url, seen):
        finished = run_suite(url, *EVERYTHING)

    assert finished.status == 3
    assert finished.results["verdict"] == "unsafe"
    assert "is not `vcsdk serve`" in finished.results["trouble"]
    assert "--despite-preflight" not in finished.results["trouble"]
    assert seen == ["GET /_simulator/state -", "GET /api/_simulator -"]


def test_a_relay_in_front_of_a_simulator_is_none(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    """The control that it passes on says so; who answers does not, and may send the API elsewhere."""
    server = simulator()
    with Front(server.url).running() as url:
        finished = run_suite(url, *EVERYTHING)

    assert finished.status == 3
    assert server.log.received["session.create"] == 0


@pytest.mark.parametrize(
    ("url", "options", "told"),
    [
        ("https://vc.example.com", (), "and https://vc.example.com is not on it"),
        ("http://192.0.2.7:8080", (), "is not on it"),
        ("http://127.0.0.1.example.com", (), "is not on it"),
        ("http://127.0.0.1:9", ("--proxy", "http://127.0.0.1:3128"), "needs no --proxy"),
    ],
)
def test_what_cannot_be_one_is_refused_at_once(
    url: str, options: tuple[str, ...], told: str, run_suite: Callable[..., Finished]
) -> None:
    finished = run_suite(url, *EVERYTHING, *options)

    assert finished.status == 4
    assert told in finished.printed


def test_the_mark_of_production_counts_on_this_machine_too(
    tmp_path: Path, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    file = tmp_path / "config" / "vcsdk" / "production.toml"
    file.parent.mkdir(parents=True)
    file.write_text('hosts = ["127.*"]\n', encoding="utf-8")
    server = simulator()

    finished = run_suite(server.url, *EVERYTHING)

    assert finished.status == 4
    assert "marked as production" in finished.printed
    assert server.log.received.total() == 0
