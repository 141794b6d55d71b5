from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.release import package
from vcsdk.release.build import build

from tests.e2e.release import pypi

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the fragment, generated now."""
    out = tmp_path_factory.mktemp("release") / "generated"
    assert main(["generate", str(ROOT / "spec/vcha.yaml"), "-o", str(out), "--quiet"]) == 0
    return out


@pytest.fixture(scope="session")
def dist(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built."""
    out = tmp_path_factory.mktemp("dist")
    build(package.find(packages), out)
    return out


@pytest.fixture(scope="session")
def dependencies(packages: Path, pytestconfig: pytest.Config) -> Path:
    """Wheels of everything that the packages need, downloaded once and kept for the next run."""
    wanted = sorted({str(text) for one in package.find(packages) for text in one.project["dependencies"]})
    wanted = [text for text in wanted if not text.startswith("vcenter-vcha")]
    folder = pytestconfig.cache.mkdir("release-dependencies")
    stamp = folder / "complete"
    if not stamp.is_file() or stamp.read_text() != "\n".join(wanted):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
        command += ["--dest", str(folder), "--constraint", str(ROOT / "constraints.txt"), *wanted]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"the dependencies cannot be downloaded: {done.stderr.strip().splitlines()[-1]}")
        stamp.write_text("\n".join(wanted))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[pypi.Pypi]:
    """An index with nothing in it."""
    with pypi.running(tmp_path / "index" / "packages") as served:
        yield served


@pytest.fixture
def stocked(index: pypi.Pypi, dependencies: Path) -> pypi.Pypi:
    """An index that has the dependencies."""
    for wheel in dependencies.glob("*.whl"):
        shutil.copy(wheel, index.folder)
    return index


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No password, netrc, keyring or pip setting of the user's reaches a test, nor the other way round."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "TWINE_", "VCSDK_INDEX_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VCSDK_INDEX_USERNAME", pypi.USER)
    monkeypatch.setenv("VCSDK_INDEX_PASSWORD", pypi.PASSWORD)


@pytest.fixture
def vcsdk(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line; gives its status, what it printed, and what it printed to stderr."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main([str(word) for word in words])
        return status, *capfd.readouterr()

    return run
