"""Runs a contract package under pytest, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vcsdk.contract import artefacts
from vcsdk.contract.package import ContractPackage
from vcsdk.copied.suite.masking import Secrets

HOLDS, BROKEN, USAGE, INCONCLUSIVE = 0, 1, 2, 3
_PYTEST_USAGE, _PYTEST_NOTHING = 4, 5
_LOOK_EVERY = 0.1
_TIME_TO_END = 30.0

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What to run.  `options` are the plugin's, as they stand on pytest's command line.

    `expression` is pytest's `-k`; `report` the folder that gets the files of `artefacts`, or None; `secrets`
    are values to mask in what pytest prints; `descriptors` are handed down to it.  `workers` is the
    number of processes that share the tests; `plugins` and `environment` are added to pytest's own.
    """

    package: ContractPackage
    options: tuple[str, ...]
    expression: str | None = None
    report: Path | None = None
    secrets: Secrets = field(default_factory=Secrets)
    descriptors: tuple[int, ...] = ()
    workers: int = 1
    plugins: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: `results` as in `results.json` (empty if there are none), pytest's text, an exit status."""

    results: dict[str, Any]
    log: str
    status: int


def run(request: Request, on_event: Callable[[Event], None] | None = None) -> Outcome:
    """Run the package; `on_event` gets the row of each test as it finishes.

    Raises:
        OSError: The report folder cannot be written.
    """
    with _folder(request.report) as folder:
        artefacts.clear(folder)
        events, log = folder / artefacts.EVENTS, folder / artefacts.LOG
        with tempfile.TemporaryDirectory(prefix="vcsdk-") as scratch, log.open("wb") as output:
            command = _command(request, folder, Path(scratch))
            process = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=_environment(request),
                pass_fds=request.descriptors,
            )
            try:
                _follow(process, events, on_event)
            except KeyboardInterrupt:
                # pytest logs out and writes what it has; a second Ctrl-C comes back here as an exception again.
                _end(process, signal.SIGINT)
            except BaseException:
                _end(process, signal.SIGTERM)
                raise
        text = request.secrets.mask(log.read_text(encoding="utf-8", errors="replace"))
        log.write_text(text, encoding="utf-8")
        found = artefacts.write(folder) if events.is_file() else {}
    return Outcome(found, text, _status(process.returncode, found))


def _command(request: Request, folder: Path, scratch: Path) -> list[str]:
    # An empty configuration of its own: that of the folder the user stands in is for other tests.
    configuration = scratch / "pytest.ini"
    configuration.write_text("[pytest]\n", encoding="utf-8")
    module = request.package.module
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-ra",
        "--color=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        # What the user's own `conftest.py` imports may stand beside it, and may hide nothing.
        "--import-mode=append",
        "-c",
        str(configuration),
    ]
    if request.package.source is not None:
        command += ["-p", f"{module}.plugin", "--rootdir", str(request.package.source)]
    command += ["--pyargs", module, "--events", str(folder / artefacts.EVENTS), *request.options]
    command += [word for plugin in request.plugins for word in ("-p", plugin)]
    if request.workers > 1:
        command += ["-n", str(request.workers)]
    return command + (["-k", request.expression] if request.expression is not None else [])


def _environment(request: Request) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "SCHEMATHESIS_"))}
    if request.package.source is not None:
        path = [str(request.package.source), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    # No file of the folder one stands in is taken for a library, in the workers of pytest-xdist neither.
    return {**environment, "PYTHONSAFEPATH": "1", **request.environment}


def _follow(process: subprocess.Popen[bytes], events: Path, on_event: Callable[[Event], None] | None) -> None:
    position = 0
    while True:
        ended = process.poll() is not None
        if events.is_file():
            with events.open("rb") as stream:
                stream.seek(position)
                fresh = stream.read()
            whole = fresh[: fresh.rfind(b"\n") + 1]
            position += len(whole)
            for line in whole.splitlines():
                event = json.loads(line)
                if on_event is not None and event["event"] == "test":
                    on_event(event)
        if ended:
            return
        time.sleep(_LOOK_EVERY)


def _end(process: subprocess.Popen[bytes], first: signal.Signals) -> None:
    for number, patience in ((first, _TIME_TO_END), (signal.SIGTERM, 5.0), (signal.SIGKILL, None)):
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


def _status(returned: int, results: Mapping[str, Any]) -> int:
    if returned in (_PYTEST_USAGE, _PYTEST_NOTHING):
        return USAGE
    match results.get("verdict"):
        case "holds":
            return HOLDS if returned == 0 else INCONCLUSIVE
        case "broken":
            return BROKEN
    return INCONCLUSIVE


@contextmanager
def _folder(report: Path | None) -> Iterator[Path]:
    if report is not None:
        report.mkdir(parents=True, exist_ok=True)
        yield report.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="vcsdk-contract-") as scratch:
        yield Path(scratch)
