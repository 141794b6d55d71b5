"""Runs the toolkit's commands in processes of their own that never outlive the demo."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo.steps import StepFailedError

PASSWORD = "VCSDK_DEMO_PASSWORD"
"""The environment variable in which the processes find the password."""

_STARTS_WITHIN = 20.0
_ENDS_WITHIN = 3.0


class Workshop:
    """Where the demo works: everything it and its processes write stays below `folder`.

    `password` is given to the processes in their environment, never on a command line.  `deadline` (of
    `time.monotonic`) is when everything must have ended.
    """

    def __init__(self, folder: Path, password: str, deadline: float) -> None:
        self.folder = folder
        self.deadline = deadline
        self.logs = folder / "logs"
        self.generated = folder / "generated"
        temporary = folder / "tmp"
        for place in (self.logs, temporary):
            place.mkdir(parents=True)
        self._environment = {
            **os.environ,
            PASSWORD: password,
            "TMPDIR": str(temporary),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join(str(path) for path in self.sources()),
            "NO_COLOR": "1",
            "COLUMNS": "120",
        }

    def sources(self) -> list[Path]:
        """The folders from which the generated packages are imported."""
        return [self.generated / name / "src" for name in ("vcenter-vcha", "vcenter-vcha-contract")]

    @property
    def left(self) -> float:
        """Seconds until the deadline, at least one."""
        return max(1.0, self.deadline - time.monotonic())

    def run(self, name: str, *arguments: str) -> tuple[int, str]:
        """Run a `vcsdk` command to its end; its output also goes to `logs/<name>.txt`.

        Returns:
            Its exit status and its output.

        Raises:
            StepFailedError: It did not end in time.
        """
        with self._process(name, arguments) as process:
            try:
                status = process.wait(timeout=self.left)
            except subprocess.TimeoutExpired:
                raise StepFailedError(f"`vcsdk {arguments[0]}` did not end in time") from None
        return status, (self.logs / f"{name}.txt").read_text(encoding="utf-8", errors="replace")

    @contextlib.contextmanager
    def serving(self, *arguments: str) -> Iterator[str]:
        """A simulator for the length of a `with`; gives its origin.

        Raises:
            StepFailedError: It did not start; the text ends with what it said.
        """
        ready = self.folder / "ready.json"
        options = ("--ready-file", str(ready), "--password-env", PASSWORD, "--port", "0")
        with self._process("simulator", ("serve", *arguments, *options)) as process:
            give_up = time.monotonic() + _STARTS_WITHIN
            while not ready.exists():
                if process.poll() is not None or time.monotonic() > give_up:
                    said = (self.logs / "simulator.txt").read_text(encoding="utf-8", errors="replace").strip()
                    raise StepFailedError(f"the simulator did not start: {said or 'it said nothing'}")
                time.sleep(0.02)
            yield str(json.loads(ready.read_text(encoding="utf-8"))["url"])

    @contextlib.contextmanager
    def _process(self, name: str, arguments: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
        with (self.logs / f"{name}.txt").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "vcsdk", *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                yield process
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and whatever it started; politely first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_ENDS_WITHIN)
