"""Runs a contract package under pytest, in a process of its own."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vcsdk.contract import artefacts
from vcsdk.contract.folder import taken
from vcsdk.contract.learning import listening
from vcsdk.contract.package import ContractPackage
from vcsdk.contract.relaying import Relay, relayed
from vcsdk.copied.suite import leaks, private
from vcsdk.copied.suite.learning import DESCRIPTOR
from vcsdk.copied.suite.masking import Secrets, texts_below
from vcsdk.emitters.render import templates_folder

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
    number of processes that share the tests; `plugins` and `environment` are added to pytest's own.  `har` is the file
    for all exchanges.  A run that has not ended some time after its `max_seconds` is ended.
    """

    package: ContractPackage
    options: tuple[str, ...]
    expression: str | None = None
    report: Path | None = None
    secrets: Secrets = field(default_factory=Secrets)
    descriptors: tuple[int, ...] = ()
    workers: int = 1
    har: Path | None = None
    max_seconds: float | None = None
    plugins: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: `results` as in `results.json` (empty if there are none), pytest's text, an exit status.

    `is_interrupted` says that it was ended by a signal.
    """

    results: dict[str, Any]
    log: str
    status: int
    is_interrupted: bool = False


def run(request: Request, on_event: Callable[[Event], None] | None = None) -> Outcome:
    """Run the package; `on_event` gets the events "start" and "test" as they come, and a "tick" each second.

    Nothing that is made of the events is written before it was searched for secrets, and a run that shows one leaves
    nothing at all.

    Raises:
        FolderInUseError: Another run writes to the report folder.
        OSError: The report folder cannot be written.
    """
    with taken(request.report) as folder:
        artefacts.clear(folder)
        events, log = folder / artefacts.EVENTS, folder / artefacts.LOG
        request.secrets.open_to_all(functools.partial(_public, request))
        with (
            tempfile.TemporaryDirectory(prefix="vcsdk-") as scratch,
            private.opened(log) as output,
            listening(request.secrets) as descriptor,
        ):
            command = _command(request, folder, Path(scratch))
            bound = request.max_seconds + _TIME_TO_END if request.max_seconds is not None else float("inf")
            with relayed() as relay:
                process = subprocess.Popen(
                    command,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env={**_environment(request, Path(scratch), descriptor), **relay.environment},
                    pass_fds=(*request.descriptors, descriptor),
                )
                relay.to(process)
                try:
                    if not _follow(process, events, on_event, relay, bound):
                        _end(process, relay.number)
                except BaseException:
                    _end(process, relay.number)
                    raise
        request.secrets.also_public(artefacts.own_words(folder))
        text = request.secrets.mask(log.read_text(encoding="utf-8", errors="replace"))
        private.write(log, text)
        leaks.mask_again(events, request.har, request.secrets)
        found, texts = artefacts.render(folder) if events.is_file() else ({}, {})
        shown = leaks.find([events, log, *([request.har] if request.har is not None else [])], request.secrets)
        shown += [folder / name for name, made in texts.items() if request.secrets.left_in(made)]
        if shown:
            artefacts.clear(folder)
            leaks.remove([request.har] if request.har is not None else [])
            return Outcome({}, f"ERROR: {leaks.told(shown)}", INCONCLUSIVE, is_interrupted=relay.is_interrupted)
        artefacts.publish(folder, texts)
    return Outcome(found, text, _status(process.returncode, found), is_interrupted=relay.is_interrupted)


def _public(request: Request) -> Iterator[str]:
    """What stands in reports without being anybody's secret."""
    yield from texts_below(request.package.description().parent)
    yield from texts_below(templates_folder() / "report")
    yield from request.options


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


def _environment(request: Request, scratch: Path, descriptor: int) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "SCHEMATHESIS_"))}
    if request.package.source is not None:
        path = [str(request.package.source), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    # No file of the folder one stands in is taken for a library, in the workers of pytest-xdist neither.
    own = {
        "PYTHONSAFEPATH": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(scratch / "hypothesis"),
        DESCRIPTOR: str(descriptor),
    }
    return {**environment, **own, **request.environment}


def _follow(
    process: subprocess.Popen[bytes],
    events: Path,
    on_event: Callable[[Event], None] | None,
    relay: Relay,
    bound: float,
) -> bool:
    """Hand on events until the process has ended; False if that takes longer than the bound, or than an end may."""
    position, deadline, ticked = 0, time.monotonic() + bound, time.monotonic()
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
                if on_event is not None and event["event"] in ("start", "test"):
                    on_event(event)
        if ended or time.monotonic() > min(deadline, relay.deadline):
            return ended
        if on_event is not None and time.monotonic() - ticked >= 1:
            ticked = time.monotonic()
            on_event({"event": "tick"})
        time.sleep(_LOOK_EVERY)


def _end(process: subprocess.Popen[bytes], orderly: signal.Signals) -> None:
    # The second time it gives up what it has not set back, and names it.
    for number, patience in ((orderly, _TIME_TO_END), (orderly, 10.0), (signal.SIGKILL, None)):
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
