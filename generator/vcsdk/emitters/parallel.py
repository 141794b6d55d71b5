"""Runs a part of a generation in a second process, where there is a core for it.

The parts are pure and share what was read, so a fork costs a few milliseconds and needs nothing handed over but the
result.  Whatever goes wrong in the second process, the part is simply done in this one: it then fails, or not, where it
can be explained.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

T = TypeVar("T")
_WORTH_IT = 100
"""Operations from which on a second process pays."""


def worthwhile(operations: int) -> bool:
    """True where forking is safe (no other threads), possible, and likely to save time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return operations >= _WORTH_IT and cores > 1 and hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def beside(work: Callable[[], T], form: type[T], operations: int) -> Iterator[Callable[[], T]]:
    """Do some work in a second process while the block runs; what the block gets waits for its result.

    Args:
        work: Without effects beside its result.
        form: The type of the result, of structs, paths and JSON types.
        operations: How many the description has; for few the work is done here, when its result is asked for.
    """
    if not worthwhile(operations):
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
            content = pipe.read()
            return msgspec.msgpack.decode(content, type=form, dec_hook=_path) if running.succeeded() else work()

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


def _work(work: Callable[[], object], reading: int, writing: int) -> None:
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work(), enc_hook=str))
        status = 0
    finally:
        # Not `sys.exit`: what this process has inherited (buffers, exit handlers) is the other one's to end.
        os._exit(status)


def _path(form: type, text: str) -> PurePosixPath:
    if form is not PurePosixPath:
        raise TypeError(form)
    return PurePosixPath(text)
