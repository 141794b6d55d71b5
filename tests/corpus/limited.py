"""Work in a process of its own that may take so long and so much memory."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60
MEGABYTES = 500


@dataclass(frozen=True)
class Ended:
    """How it ended: the exit status (negative for a signal), seconds, the most memory in megabytes, what it said."""

    status: int
    seconds: float
    megabytes: float
    said: str

    @property
    def excess(self) -> str:
        """What it took too much of; "" for nothing."""
        if self.status == -signal.SIGALRM or self.seconds > SECONDS:
            return f"more than {SECONDS} s"
        return f"{self.megabytes:.0f} MB" if self.megabytes > MEGABYTES else ""


def limited(work: Callable[[], int], folder: Path) -> Ended:
    """Run it in a fork whose exit status it gives, with what it prints in this folder's `said`.

    Linux holds each process of it to the memory; what it started is killed with it.
    """
    said = folder / "said"
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        _run(work, said)
    _, status, usage = os.wait4(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    seconds = time.perf_counter() - started
    return Ended(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024, text)


def _run(work: Callable[[], int], said: Path) -> None:
    status = 70
    try:
        os.setsid()
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20, MEGABYTES * 2**20))
        signal.alarm(SECONDS)
        status = work()
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)
