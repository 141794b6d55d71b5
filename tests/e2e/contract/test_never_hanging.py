"""A task that never ends, a status nobody knows, a stream without end: the run is over in time, and says so."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished

TASK_TIMEOUT = 2.0


def test_nobody_waits_for_a_second_task_that_never_ends(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator("task-never-ends")
    began = time.monotonic()

    finished = run_suite(
        server.url,
        *FAILOVER,
        f"--task-timeout={TASK_TIMEOUT}",
        "--despite-preflight",
        "-k",
        "(task_life or mode_changes or failover) and not fuzz",
    )

    found = [finding for finding in finished.results["findings"] if finding["check"] == "task-ends"]
    assert {finding["operation"] for finding in found} <= {"vcha.cluster.failover", "vcha.cluster.mode.set"}
    assert found, finished.findings
    assert len(found) == len(finished.results["findings"]), "\n\n".join(finished.findings)
    # One wait for each operation that starts tasks, in whatever test; the others are told from what held.
    waited = [row for row in finished.results["tests"] if row["seconds"] >= TASK_TIMEOUT]
    assert len(waited) <= 2, waited
    assert any("has not ended within" in row["reason"] for row in finished.results["skipped"])
    assert time.monotonic() - began < 60


def test_the_time_of_the_run_ends_it_and_is_said(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator()
    began = time.monotonic()

    finished = run_command(server.url, "--max-seconds", "1")

    assert time.monotonic() - began < 30
    assert finished.status == 3, finished.printed
    assert finished.results["verdict"] == "inconclusive"
    assert "--max-seconds 1" in finished.results["trouble"]
    assert any("--max-seconds" in row["reason"] for row in finished.results["skipped"])
    # However little time there was, the run has logged out.
    assert server.log.accepted["session.delete"] > 0


def test_a_finding_weighs_more_than_the_time(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    # A dozen slow readings take longer than this on the fastest machine.
    finished = run_suite(simulator("error-without-messages", "slow-answers").url, "--max-seconds", "4")

    assert finished.results["verdict"] == "broken"
    assert "--max-seconds 4" in finished.results["trouble"]


class _Strange(http.server.BaseHTTPRequestHandler):
    """Signs everybody in, and answers everything else in a way of its own."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path == "/api/session":
            self._send(
                201 if self.command == "POST" else 204, b'"token-of-a-session"' if self.command == "POST" else b""
            )
        elif self.server.status:
            self._send(self.server.status, b"{}")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            with contextlib.suppress(OSError):
                while not self.server.over.wait(0.02):
                    self.wfile.write(b": alive\n")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status, "?")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def _strange(status: int) -> Iterator[str]:
    server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Strange)
    server.status, server.over, server.daemon_threads = status, threading.Event(), True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("status", [799, 299, 599, 0], ids=["799", "299", "599", "a stream without end"])
def test_what_nobody_knows_is_a_finding_and_no_wait(
    status: int, run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    began = time.monotonic()
    with _strange(status) as url:
        finished = run_command(
            url, "--max-seconds", "40", "--recovery", "2", "-k", "vcha_operations and TestGet and documented"
        )

    assert time.monotonic() - began < 60
    assert finished.status == 1, finished.printed
    assert finished.results["findings"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_time_of_an_operation_stops_its_tests_only(
    workers: str, simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator()
    tests = ("--workers", workers, "-k", "vcha_operations or vcha_cluster_mode")

    # A machine that is done with all of it in less time is given less.
    for seconds in ("0.05", "0.02", "0.01"):
        finished = run_command(server.url, "--operation-seconds", seconds, *tests)
        if finished.results["trouble"]:
            break

    assert f"--operation-seconds {seconds}" in finished.results["trouble"], finished.results["trouble"]
    skipped = [row for row in finished.results["skipped"] if "--operation-seconds" in row["reason"]]
    assert skipped
    tested = {name for name, row in finished.results["operations"].items() if row["requests"]}
    assert {"vcha.operations.get", "vcha.cluster.mode.get"} <= tested
