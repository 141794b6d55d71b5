"""Runs `vcsdk` in processes forked from one that has imported it, and kills them: at a change of the disk or a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.truncate"}
_PATIENCE = 10.0
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True)
class Ended:
    """`changes` counts what the process began to change on the disk, `seconds` is how long it ran.

    `survived` tells that a process which it started was there long after it had ended.
    """

    status: int
    changes: int
    seconds: float
    said: str
    survived: bool

    @property
    def killed(self) -> bool:
        return self.status in (-signal.SIGKILL, -signal.SIGALRM)


class Killer:
    """The process that forks, in an environment of its own."""

    def __init__(self, **environment: str) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0", **environment},
        )

    def run(self, words: Sequence[str], folder: Path, *, change: int = 0, seconds: float = 0.0) -> Ended:
        """Run a command line; kill it as it begins the nth change of the disk, or after some time, if given."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps([list(words), str(folder), change, seconds]) + "\n")
        self._server.stdin.flush()
        return Ended(*json.loads(self._server.stdout.readline()))

    def close(self) -> None:
        self._server.communicate()


def _count(change: int, counter: Path) -> None:
    """Count what this process changes on the disk, from now on; kill it at one of them."""
    met = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal met
        if event == "open":
            path, _mode, flags = arguments
            if not (isinstance(flags, int) and flags & _WRITING) or path == str(counter) or path == os.devnull:
                return
        elif event not in _CHANGES:
            return
        met += 1
        if met == change:
            os.kill(os.getpid(), signal.SIGKILL)
        os.environ["COUNTED"] = str(met)

    sys.addaudithook(hook)


def _is_over(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def _serve() -> None:
    import tempfile
    import time

    import vcsdk.release.build
    import vcsdk.release.index
    import vcsdk.release.regenerate
    import vcsdk.release.release  # noqa: F401
    from vcsdk.cli.main import main

    out = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        words, folder, change, seconds = json.loads(line)
        said = Path(tempfile.gettempdir(), "..", "said").resolve()
        counter = said.with_name("counted")
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                os.dup2(descriptor, 1)
                os.dup2(descriptor, 2)
                os.chdir(folder)
                os.setpgid(0, 0)
                _count(change, counter)
                if seconds:
                    # Nobody handles it: the system ends the process, as with SIGKILL, and at a finer moment.
                    signal.setitimer(signal.ITIMER_REAL, seconds)
                status = main(words)
                counter.write_text(os.environ.get("COUNTED", "0"))
            finally:
                sys.stdout.flush()
                os._exit(status)
        counter.write_text("0")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        passed = time.monotonic() - started
        while not _is_over(child) and time.monotonic() - started < passed + _PATIENCE:
            time.sleep(0.01)
        text = said.read_text(errors="replace")
        out.write(json.dumps([status, int(counter.read_text() or 0), passed, text, not _is_over(child)]) + "\n")
        out.flush()


if __name__ == "__main__":
    _serve()
