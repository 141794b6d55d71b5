"""What is wrong with how the toolkit takes a description: exceptions, exit codes, raw control characters, time."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from vcsdk.cli.main import main
from vcsdk.diagnostics import InputError
from vcsdk.pipeline import read_api
from vcsdk.simulator import SimulatorOptions
from vcsdk.simulator.application import Application
from vcsdk.simulator.routing import Target

SECONDS = 20.0
"""Of processor time that one command may take."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Fault(msgspec.Struct, frozen=True):
    """A command and what it did; `kind` is the same for the same fault of another description."""

    command: str
    kind: str
    said: str


def faults(content: bytes, suffix: str, folder: Path, base: Path | None = None) -> Iterator[Fault]:
    """The faults of one description, in a folder that is emptied first; `base` is what it is compared with."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / f"description.{suffix}"
    path.write_bytes(content)
    given, out = str(path), str(folder / "out")
    yield from _command("lint", [given, "--no-config"])
    yield from _command("generate", [given, "--no-config", "-o", out, "--quiet"])
    yield from _command("bundle", [given, "--no-config", "-o", str(folder / "bundle.json")])
    yield from _command("diff", [str(base or path), given, "--no-config"])
    yield from _serve(path)


class _OutOfTime(Exception):
    pass


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    def end(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _command(name: str, arguments: list[str]) -> Iterator[Fault]:
    out, err = io.StringIO(), io.StringIO()
    os.environ["VCSDK_TRACEBACK"] = "1"
    try:
        with _bounded(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status: Any = main([name, *arguments])
    except SystemExit as left:
        status = left.code
    except _OutOfTime:
        yield Fault(name, "too slow", f"more than {SECONDS:g} s")
        return
    except BaseException as error:
        yield _raised(name, error)
        return
    said = out.getvalue() + err.getvalue()
    if status not in (0, 1, 2):
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        places = [line for line in lines if line.startswith("File ") and "vcsdk" in line]
        place = re.sub(r'.*/vcsdk/|"|, line \d+', "", places[-1]) if places else ""
        yield Fault(name, f"exit {status}: {lines[-1].split(':')[0] if lines else ''} {place}", "\n".join(lines[-12:]))
    elif (found := _CONTROL.search(said)) is not None:
        line = next(line for line in said.split("\n") if found[0] in line)
        yield Fault(name, f"prints U+{ord(found[0]):04X}", ascii(line[:300]))


def _raised(name: str, error: BaseException) -> Fault:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/vcsdk/" in frame.filename]
    place = f"{frames[-1].filename.rsplit('/vcsdk/', 1)[1]} in {frames[-1].name}" if frames else ""
    return Fault(name, f"{type(error).__name__} {place}", "".join(traceback.format_exception(error))[-2000:])


def _serve(path: Path) -> Iterator[Fault]:
    """Requests to the simulator, which needs no socket for this; a description that is refused is not served."""
    began = time.process_time()
    try:
        with _bounded():
            try:
                described = read_api(path)
            except InputError:
                return
            application = Application(described, SimulatorOptions())
            for operation in described.api.operations[:20]:
                raw = described.api.prefix + re.sub(r"\{[^{}]*\}", "1", operation.path)
                for body, kind in ((b"", ""), (b"{}", "application/json"), (b'{"a": [', "application/json")):
                    headers = {"content-type": kind, "accept": "application/json"} if kind else {}
                    query = "&".join(f"{key}={value}" for key, value in operation.fixed_query)
                    reply, _ = application.serve(Target.parse(operation.method.upper(), raw, query), headers, body)
                    if reply.status == 500:
                        yield Fault("serve", "answers 500", f"{operation.method} {raw}")
    except _OutOfTime:
        yield Fault("serve", "too slow", f"{time.process_time() - began:.1f} s")
    except Exception as error:
        yield _raised("serve", error)
