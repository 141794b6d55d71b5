"""A run that is interrupted, as a process of its own on a real server: afterwards all is there as it was before.

The server itself says when, so that a signal comes before a request is carried out, or before it is answered.
"""

from __future__ import annotations

import asyncio
import copy
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.simulator import Simulator

from tests.outside.servers.styles import LIBRARIAN, PASSWORD, STYLES, Books, description
from tests.served import serving

from .conftest import PASSWORD as SIMULATED

pytestmark = pytest.mark.slow
OURS = {"name": "ours", "genre": "novel", "id": "11111111-1111-4111-8111-111111111111"}
CHANGES = ("POST", "PUT", "PATCH", "DELETE")
SIGNALS: dict[str, Callable[[int], None]] = {
    "Ctrl-C": lambda process: os.killpg(process, signal.SIGINT),
    "SIGINT": lambda process: os.kill(process, signal.SIGINT),
    "SIGTERM": lambda process: os.kill(process, signal.SIGTERM),
    "SIGTERM to all": lambda process: os.killpg(process, signal.SIGTERM),
    "SIGHUP to all": lambda process: os.killpg(process, signal.SIGHUP),
}


@dataclass
class Library:
    """A slow library in which something stands, and what happens when a request comes.

    `calls` maps (method, the how manieth) to what is done then: before that is carried out or, of those that are
    `carried_out`, before it is answered.
    """

    calls: dict[tuple[str, int], Callable[[], None]] = field(default_factory=dict)
    carried_out: bool = True
    pause: float = 0.0

    def __post_init__(self) -> None:
        self.books = Books(STYLES["secured"])
        self.books.motto = "as it was"
        self.books.books[OURS["id"]] = {**OURS}
        self.before = copy.deepcopy(self.state)
        self.sent: dict[str, int] = {}
        self.last = time.monotonic()

    @property
    def state(self) -> dict[str, Any]:
        return {**self.books.books, "motto": self.books.motto}

    async def count(self, method: str) -> None:
        self.sent[method] = self.sent.get(method, 0) + 1
        act = self.calls.pop((method, self.sent[method]), None)
        if act is not None:
            act()
            await asyncio.sleep(0.2 + self.pause)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        method = scope.get("method", "")
        self.last = time.monotonic()
        if not self.carried_out:
            await self.count(method)

        async def answer(message: Any) -> None:
            if self.carried_out and message.get("status", 500) < 300:
                await self.count(method)
            await send(message)

        await self.books.app(scope, receive, answer)


@dataclass
class Run:
    """`vcsdk contract run` in a process and a group of its own, as a shell starts it."""

    package: Path
    folder: Path
    options: tuple[str, ...] = ()
    login: tuple[str, str] = (LIBRARIAN, PASSWORD)

    def start(self, url: str) -> None:
        words = ["contract", "run", "--url", url, "--package", str(self.package), "--report", str(self.folder / "r")]
        words += ["--username", self.login[0], "--password-env", "INTERRUPTED_PASSWORD", "--level", "write"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vcsdk", *words, "--fuzz-examples", "2", *self.options],
            env={**os.environ, "INTERRUPTED_PASSWORD": self.login[1], "XDG_CONFIG_HOME": str(self.folder)},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def signal(self, how: str) -> None:
        SIGNALS[how](self.process.pid)

    def end(self) -> tuple[dict[str, Any], str]:
        """The results, and what was printed."""
        try:
            printed, _ = self.process.communicate(timeout=150)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        assert "Traceback" not in printed
        path = self.folder / "r" / "results.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}, printed


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library's contract package."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "api.json").write_text(json.dumps(description(STYLES["secured"])), encoding="utf-8")
    assert main(["generate", str(folder / "api.json"), "-o", str(folder / "out"), "--quiet"]) == 0
    return next((folder / "out").glob("*-contract"))


@pytest.fixture
def run(shelf: Path, tmp_path: Path) -> Iterator[Run]:
    made = Run(shelf, tmp_path)
    yield made
    assert made.process.poll() is not None


@pytest.mark.parametrize(
    ("how", "method", "time_", "carried_out"),
    [
        ("Ctrl-C", "POST", 3, True),
        ("Ctrl-C", "PUT", 9, False),
        ("SIGINT", "PUT", 3, True),
        ("SIGINT", "GET", 25, True),
        ("SIGTERM", "POST", 4, True),
        ("SIGTERM", "PATCH", 2, True),
        ("SIGTERM to all", "POST", 2, True),
        ("SIGTERM to all", "DELETE", 1, False),
        ("SIGHUP to all", "POST", 2, True),
    ],
)
def test_what_was_there_is_there(how: str, method: str, time_: int, carried_out: bool, run: Run) -> None:
    library = Library({(method, time_): lambda: run.signal(how)}, carried_out=carried_out)

    with serving(library) as url:
        run.start(url)
        results, printed = run.end()

    assert library.calls == {}
    assert (library.state, results.get("left", [])) == (library.before, [])
    assert (run.process.returncode, results["verdict"]) == (3, "inconclusive"), printed
    assert "broken off" in results["trouble"]


@pytest.mark.parametrize(("how", "time_"), [("Ctrl-C", 3), ("SIGTERM to all", 2)])
def test_workers_end_in_order_too(how: str, time_: int, run: Run) -> None:
    library = Library({("POST", time_): lambda: run.signal(how)})
    run.options = ("--workers", "2")

    with serving(library) as url:
        run.start(url)
        results, printed = run.end()

    assert library.calls == {}
    assert (library.state, results.get("left", [])) == (library.before, [])
    assert (run.process.returncode, results["verdict"]) == (3, "inconclusive"), printed


def test_a_part_of_a_suite_does_so(run: Run) -> None:
    library = Library({("POST", 2): lambda: run.signal("SIGTERM")})
    run.options = ("--shard", "1/2")

    with serving(library) as url:
        run.start(url)
        results, _ = run.end()

    assert (library.state, results.get("left", [])) == (library.before, [])
    assert results["verdict"] == "inconclusive"


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "workers"])
def test_the_second_time_what_stays_is_named(options: tuple[str, ...], run: Run) -> None:
    library = Library({("POST", 3): lambda: run.signal("Ctrl-C")})
    run.options = options

    async def watching(scope: Any, receive: Any, send: Any) -> None:
        if not library.calls and scope.get("method") == "DELETE":
            # While the answer to the removal is waited for.
            threading.Timer(0.5, run.signal, ("Ctrl-C",)).start()
            await asyncio.sleep(20)
        await library(scope, receive, send)

    with serving(watching) as url:
        run.start(url)
        results, printed = run.end()
        took = time.monotonic() - library.last

    made = library.state.keys() - library.before.keys()
    assert made
    assert all(any(key in place for place in results.get("left", ())) for key in made), results
    assert results["verdict"] == "inconclusive", printed
    assert took < 15


def test_twice_while_a_thing_is_made_that_is_named(run: Run) -> None:
    def twice() -> None:
        run.signal("SIGINT")
        threading.Timer(0.5, run.signal, ("SIGINT",)).start()

    library = Library({("POST", 3): twice}, pause=5.0)
    with serving(library) as url:
        run.start(url)
        results, _ = run.end()

    assert len(library.state) == len(library.before) + 1
    assert results.get("left") == ["POST /v1/books: its answer was not waited for"]


def test_who_is_ended_without_a_word_leaves_nobody_who_goes_on(run: Run) -> None:
    library = Library({("POST", 3): lambda: os.kill(run.process.pid, signal.SIGKILL)})

    with serving(library) as url:
        run.start(url)
        run.process.communicate(timeout=60)
        while time.monotonic() - library.last < 2:
            time.sleep(0.1)

    assert library.calls == {}
    assert library.state == library.before


@pytest.mark.parametrize("wanted", [1, 2, 40])
def test_no_session_is_left(wanted: int, simulator: Callable[..., Simulator], package: Path, tmp_path: Path) -> None:
    server = simulator()
    before = server.application.cluster.mode
    run = Run(package, tmp_path, ("--fuzz-examples", "2"), ("administrator@vsphere.local", SIMULATED))
    run.start(server.url)
    while sum(server.log.received.values()) < wanted:
        assert run.process.poll() is None
        time.sleep(0.002)
    run.signal("Ctrl-C")
    results, printed = run.end()

    assert len(server.application.sessions) == 0
    assert server.application.cluster.mode == before
    assert results["verdict"] == "inconclusive", printed
