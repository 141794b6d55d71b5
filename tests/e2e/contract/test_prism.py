"""Prism, a mock server that knows nothing of ours: what needs no state holds against it on the `plain` view."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vcsdk.cli.main import main

from .conftest import Finished
from .front import Front

pytestmark = pytest.mark.slow

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"
STATELESS = "answers_as_documented or answers_the_same or optional_parameters"


@pytest.fixture(scope="module")
def prism_program(request: pytest.FixtureRequest) -> Path:
    """Installed once, below pytest's cache."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("needs npm and node to install Prism")
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("prism")
    program = folder / "node_modules" / ".bin" / "prism"
    if not program.exists():
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "@stoplight/prism-cli@5"]
        installed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if installed.returncode:
            pytest.skip(f"npm cannot install Prism: {installed.stderr.strip().splitlines()[-1:]}")
    return program


@pytest.fixture
def prism(prism_program: Path, tmp_path: Path) -> Iterator[str]:
    """The `plain` view, served by Prism below `/api` as the description's server has it."""
    plain = tmp_path / "plain.json"
    assert main(["bundle", str(SPEC), "--view", "plain", "--output", str(plain)]) == 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(prism_program), "mock", "--host", "127.0.0.1", "--port", str(port), str(plain)]
    with (tmp_path / "prism.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait_for(port, process)
            with Front(f"http://127.0.0.1:{port}", strip="/api").running() as url:
                yield url
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Prism does not listen")


def test_what_needs_no_state_holds(prism: str, run_suite: Callable[..., Finished]) -> None:
    finished = run_suite(prism, "-k", STATELESS, powerless=False)

    assert finished.results["verdict"] == "holds", finished.printed
    answered = {name for name, row in finished.results["operations"].items() if row["accepted"]}
    assert answered >= {"session.get", "vcha.cluster.get", "vcha.cluster.mode.get", "vcha.operations.get"}
    assert finished.results["counts"]["passed"] >= 8
    assert finished.results["target"]["mode"] == "ENABLED"


def test_what_needs_state_does_not(prism: str, run_suite: Callable[..., Finished]) -> None:
    finished = run_suite(prism, "-k", "TestSignOut or without_a_valid_session", powerless=False)

    # A mock knows no sessions: a green run here would mean that these tests look at nothing.
    assert finished.results["verdict"] == "broken"
    assert len(finished.findings) > 5
