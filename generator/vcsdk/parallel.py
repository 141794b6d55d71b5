"""Runs a part of the work in a second process, where there is a core for it.

The parts are pure and share what was read, so a fork costs a few milliseconds and needs nothing handed over but the
result.  Whatever goes wrong in the second process, the part is simply done in this one: it then fails, or not, where it
can be explained.  What would end the interpreter itself ends the second one alone, where the caller can say so.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

T = TypeVar("T")
_FAULTS = frozenset(("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"))
"""What the system ends a process with for what it does itself."""
_MANY = 100
"""Operations from which on a second process pays."""


def worthwhile(operations: int) -> bool:
    """True where a description of so many operations is worth a second process, and there can be one."""
    return operations >= _MANY and possible()


def possible() -> bool:
    """True where forking is safe (no other threads) and there is a second core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return cores > 1 and hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def beside(
    work: Callable[[], T], pays: bool, ended: Callable[[signal.Signals], T] | None = None
) -> Iterator[Callable[[], T]]:
    """Do some work in a second process while the block runs; what the block gets waits for its result.

    Args:
        work: Without effects beside its result, which can be pickled.
        pays: False does the work here, when its result is asked for.
        ended: Gives the result where the work ended its process by such a signal; None does it here once more.
    """
    if not pays:
        yield work
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        running = _Running(child)

        def result() -> T:
            # Not read as a whole first: it can be large.  It is this program's own, over a pipe that nobody else has.
            found, whole = None, False
            with suppress(EOFError, pickle.UnpicklingError):
                found, whole = pickle.load(pipe), True  # noqa: S301
            if running.succeeded() and whole:
                return cast("T", found)
            fault = running.fault()
            return work() if fault is None or ended is None else ended(fault)

        try:
            yield result
        finally:
            # A result that nobody asked for is not read: the second process then fails to write it, and ends.
            pipe.close()
            running.succeeded()


class _Running:
    def __init__(self, child: int) -> None:
        self._child = child
        self._status: int | None = None

    def succeeded(self) -> bool:
        """Wait for the process; whether it ended well."""
        if self._status is None:
            _, self._status = os.waitpid(self._child, 0)
        return self._status == 0

    def fault(self) -> signal.Signals | None:
        """The signal that it was ended by, where that was for what it did itself."""
        if self._status is None or not os.WIFSIGNALED(self._status):
            return None
        found = signal.Signals(os.WTERMSIG(self._status))
        return found if found.name in _FAULTS else None


def _work(work: Callable[[], object], reading: int, writing: int) -> None:
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe, protocol=5)
        status = 0
    finally:
        # Not `sys.exit`: what this process has inherited (buffers, exit handlers) is the other one's to end.
        os._exit(status)
