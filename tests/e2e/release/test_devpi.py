"""Publishing to a second kind of index, devpi: other addresses, another upload protocol, tokens for sessions."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.e2e.release import pypi

pytestmark = pytest.mark.slow
Command = Callable[..., tuple[int, str, str]]


@dataclass
class Devpi:
    """A running devpi with an index `team/dev`."""

    root: str

    @property
    def index(self) -> str:
        return f"{self.root}team/dev/"

    def names(self) -> set[str]:
        page = requests.get(f"{self.index}+simple/vcenter-vcha/", timeout=10)
        return {part.partition("<")[0] for part in page.text.split('">')[1:] if part.startswith("vcenter")}


@pytest.fixture(scope="module")
def tools(pytestconfig: pytest.Config) -> Path:
    """An environment of its own: devpi's dependencies are none of ours."""
    if not pytestconfig.getoption("--full"):
        pytest.skip("installs and starts devpi with --full")
    environment = pytestconfig.cache.mkdir("devpi") / f"env-{sys.version_info.minor}"
    if not (environment / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        command = [str(environment / "bin/python"), "-m", "pip", "install", "--quiet", "devpi-server"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"devpi-server cannot be installed: {done.stderr.strip().splitlines()[-1]}")
        (environment / "installed").touch()
    return environment / "bin"


@pytest.fixture
def devpi(tools: Path, tmp_path: Path) -> Iterator[Devpi]:
    folder = tmp_path / "devpi"
    initialise = [str(tools / "devpi-init"), "--serverdir", str(folder), "--no-root-pypi"]
    subprocess.run(initialise, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(tools / "devpi-server"), "--serverdir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with (tmp_path / "devpi.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    served = Devpi(f"http://127.0.0.1:{port}/")
    try:
        _wait(served.root, server)
        _make_index(served.root)
        yield served
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "devpi ended"
        try:
            requests.get(url + "+api", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("devpi does not answer")


def _make_index(root: str) -> None:
    def ask(method: str, path: str, auth: tuple[str, str] | None = None, **body: object) -> None:
        answer = requests.request(method, root + path, json=body, auth=auth, timeout=10)
        assert answer.ok, answer.text

    ask("PUT", pypi.USER, password=pypi.PASSWORD)
    ask("PUT", f"{pypi.USER}/dev", (pypi.USER, pypi.PASSWORD), bases=[], volatile=False)


@pytest.mark.usefixtures("signed_in")
def test_publishing_once_again_and_altered(
    vcsdk: Command, dist: Path, devpi: Devpi, stocked: pypi.Pypi, tmp_path: Path
) -> None:
    only = tmp_path / "only"
    only.mkdir()
    for file in dist.glob("vcenter_vcha-0*"):
        (only / file.name).write_bytes(file.read_bytes())
    words = ("publish", only, "--index-url", f"{devpi.index}+simple/", "--extra-index-url", stocked.simple)
    status, out, err = vcsdk(*words)
    assert status == 0, err
    assert "into a fresh environment, and imported" in out
    assert devpi.names() == {file.name for file in only.iterdir() if file.suffix in (".whl", ".gz")}
    status, out, err = vcsdk("publish", only, "--index-url", devpi.index, "--no-verify-install")
    assert status == 0, err
    assert "nothing to send, 2 there before" in out
    wheel = next(only.glob("*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    status, _, err = vcsdk(*words)
    assert status == 1
    assert "[other-content]" in err


def test_a_wrong_password_is_named_but_not_shown(
    vcsdk: Command, dist: Path, devpi: Devpi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VCSDK_INDEX_USERNAME", pypi.USER)
    monkeypatch.setenv("VCSDK_INDEX_PASSWORD", "wrong-battery-staple")
    status, out, err = vcsdk("publish", dist, "--index-url", devpi.index, "--no-verify-install")
    assert status == 1
    assert f"refuses user `{pypi.USER}`" in err
    assert "battery" not in out + err
