"""The generated suite, run against real simulators in this process, which saves most of the time."""

from __future__ import annotations

import contextlib
import gc
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.emitters.contract.emit import emit
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, read_spec

PASSWORD = "pass-word-of-the-simulator"
MODULE = "vcenter_vcha_contract"
FAILOVER = ("--level", "destructive", "--allow", "vcha.cluster.failover")


@dataclass(frozen=True)
class Finished:
    """One run of the suite: pytest's exit status, `results.json`, what was printed, and where the files are."""

    status: int
    results: dict[str, Any]
    printed: str
    folder: Path

    @property
    def findings(self) -> list[str]:
        return [f"{finding['check']}: {finding['message']}" for finding in self.results.get("findings", [])]


@pytest.fixture(scope="session")
def described() -> Described:
    return read_spec()


@pytest.fixture(scope="session")
def package(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated distribution's folder."""
    folder = tmp_path_factory.mktemp("contract")
    for file in emit(described.api, described.config, described.document):
        path = folder / file.package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content, encoding="utf-8")
    return folder / "vcenter-vcha-contract"


@pytest.fixture(scope="session")
def suite(package: Path) -> Iterator[None]:
    """Makes the generated package importable."""
    with imported(package / "src", MODULE):
        yield


@pytest.fixture
def simulator(described: Described) -> Iterator[Callable[..., Simulator]]:
    """Starts simulators that are fast, and stops them."""
    with contextlib.ExitStack() as started:

        def start(
            *faults: str,
            mode: str = "ENABLED",
            members_down: tuple[str, ...] = (),
            task_seconds: float = 0.05,
            build: str = "24022515",
            unavailable: float = 0.05,
        ) -> Simulator:
            options = SimulatorOptions(
                password=PASSWORD,
                mode=mode,
                members_down=members_down,
                faults=faults,
                failover_seconds=0.15,
                outage=0.2,
                unavailable=unavailable,
                task_seconds=task_seconds,
                build=build,
            )
            made = Simulator(described, options)
            started.enter_context(made.running())
            return made

        yield start


@contextlib.contextmanager
def _frozen() -> Iterator[None]:
    """Keeps garbage collection from what is there already: pytest collects five times at the end of each run."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@pytest.fixture
def run_suite(suite: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Finished]:
    """Runs the suite against a target and gives back what came of it."""
    monkeypatch.setenv("CONTRACT_PASSWORD", PASSWORD)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    configuration = tmp_path / "pytest.ini"
    configuration.write_text("[pytest]\n", encoding="utf-8")

    def run(url: str, *options: str, powerless: bool = True, module: str = "") -> Finished:
        results = tmp_path / "results.json"
        results.unlink(missing_ok=True)
        arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", f"{MODULE}.plugin"]
        arguments += [
            "-c",
            str(configuration),
            "--rootdir",
            str(tmp_path),
            "--pyargs",
            f"{MODULE}.{module}" if module else MODULE,
            "--url",
            url,
        ]
        arguments += ["--username", "administrator@vsphere.local", "--password-env", "CONTRACT_PASSWORD"]
        if powerless:
            arguments += ["--powerless-username", "guest@vsphere.local"]
            arguments += ["--powerless-password-env", "CONTRACT_PASSWORD"]
        arguments += ["--recovery", "20", "--results", str(results), "--junitxml", str(tmp_path / "junit.xml")]
        arguments += ["--events", str(tmp_path / "events.jsonl"), *options]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), _frozen():
            status = pytest.main(arguments)
        found = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
        return Finished(int(status), found, printed.getvalue(), tmp_path)

    return run


@pytest.fixture
def run_command(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Finished]:
    """Runs `vcsdk contract run`, which has a process of its own, and gives back what came of it."""
    monkeypatch.setenv("CONTRACT_PASSWORD", PASSWORD)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(url: str, *options: str, login: bool = True, powerless: bool = True) -> Finished:
        report = tmp_path / "report"
        words = ["contract", "run", "--url", url, "--package", str(package), "--report", str(report)]
        words += ["--recovery", "20"] if "--recovery" not in options else []
        if login:
            words += ["--username", "administrator@vsphere.local", "--password-env", "CONTRACT_PASSWORD"]
        if powerless:
            words += ["--powerless-username", "reader@vsphere.local"]
            words += ["--powerless-password-env", "CONTRACT_PASSWORD"]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = main([*words, *options])
        file = report / "results.json"
        found = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        return Finished(status, found, printed.getvalue(), report)

    return run
