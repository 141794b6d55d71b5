"""A simulator on a free port, and a client that knows its accounts."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

ROOT = Path(__file__).parents[3]
PASSWORD = "pässwörd of the tests"
QUICK: dict[str, Any] = {
    "password": PASSWORD,
    "failover_seconds": 0.2,
    "outage": 0.2,
    "unavailable": 0.2,
    "task_seconds": 0.15,
}
CLUSTER = "/api/vcenter/vcha/cluster"
FAILOVER = f"{CLUSTER}?action=failover&vmw-task=true"
SET_MODE = f"{CLUSTER}/mode?vmw-task=true"
HEADER = "vmware-api-session-id"


# Reading the trust store takes longer than most of these tests.
_TLS = ssl.create_default_context()


class Caller:
    """An HTTP client with a session."""

    def __init__(self, url: str, user: str = "administrator@vsphere.local") -> None:
        self.user = user
        self.http = httpx2.Client(base_url=url, timeout=10, verify=_TLS)
        self.log_in()

    def log_in(self) -> None:
        self.http.headers.pop(HEADER, None)
        answer = self.http.post("/api/session", auth=(self.user, PASSWORD))
        assert answer.status_code == 201, answer.text
        self.http.headers[HEADER] = answer.json()

    def call(self, method: str, target: str, body: Any = ..., **more: Any) -> httpx2.Response:
        """One request; `body` is sent as JSON."""
        if body is not ...:
            more["json"] = body
        return self.http.request(method, target, **more)

    def task(self, task: str) -> dict[str, Any]:
        answer = self.call("GET", f"/api/cis/tasks/{task}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def follow(self, task: str) -> list[str]:
        """The states a task goes through, each once, until it has ended."""
        seen: list[str] = []
        for _ in range(500):
            status = self.task(task)["status"]
            if not seen or seen[-1] != status:
                seen.append(status)
            if status in ("SUCCEEDED", "FAILED"):
                return seen
            time.sleep(0.01)
        raise AssertionError(f"the task does not end: {seen}")

    def survive(self, looks: int = 1000) -> list[object]:
        """What the session meets, each once, until it is refused: statuses and names of connection errors."""
        met: list[object] = []
        for _ in range(looks):
            try:
                now: object = self.call("GET", "/api/session").status_code
            except httpx2.TransportError as error:
                now = type(error).__name__
            if not met or met[-1] != now:
                met.append(now)
            if now == 401:
                return met
            time.sleep(0.01)
        raise AssertionError(f"the outage does not end: {met}")

    def active(self) -> str:
        info = self.call("POST", f"{CLUSTER}?action=get").json()
        return next(node for node in ("node1", "node2") if info[node]["runtime"]["role"] == "ACTIVE")


Serve = Callable[..., Simulator]


@pytest.fixture(scope="session")
def described() -> Described:
    return read_api(ROOT / "spec" / "vcha.yaml")


@pytest.fixture
def serve(described: Described) -> Iterator[Serve]:
    """Start simulators that end with the test."""
    with contextlib.ExitStack() as stack:

        def start(description: Described = described, **options: Any) -> Simulator:
            simulator = Simulator(description, SimulatorOptions(**{**QUICK, **options}))
            stack.enter_context(simulator.running())
            return simulator

        yield start


@pytest.fixture(scope="module")
def url(described: Described) -> Iterator[str]:
    """A simulator that the tests of a module share; none of them may change the cluster."""
    with Simulator(described, SimulatorOptions(**QUICK)).running() as origin:
        yield origin
