"""Runs one part of the emission in a second process, where there is a core for it.

The parts are pure and share what was read, so a fork costs a few milliseconds and needs nothing handed over but the
finished files.  Whatever goes wrong in the second process, the part is simply done in this one: it then fails, or not,
where it can be explained.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import msgspec

from generator.emitters.file import File

Part = Callable[[], Sequence[File]]
_WORTH_IT = 100
"""Operations from which on a second process pays."""


def worthwhile(operations: int) -> bool:
    """True where forking is safe (no other threads), possible, and likely to save time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return operations >= _WORTH_IT and cores > 1 and hasattr(os, "fork") and threading.active_count() == 1


def both(here: Part, there: Part) -> list[File]:
    """The files of two parts, `there` made in a second process meanwhile."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                rows = [(str(f.path), f.content, f.kind, f.package) for f in there()]
                pipe.write(msgspec.msgpack.encode(rows))
            status = 0
        finally:
            # Not `sys.exit`: what this process has inherited (buffers, exit handlers) is the other one's to end.
            os._exit(status)
    os.close(writing)
    try:
        files = list(here())
    finally:
        with os.fdopen(reading, "rb") as pipe:
            content = pipe.read()
        _, status = os.waitpid(child, 0)
    if status != 0:
        return [*files, *there()]
    rows = msgspec.msgpack.decode(content, type=list[tuple[str, str, str, str]])
    return [*files, *(File(PurePosixPath(path), text, kind, package) for path, text, kind, package in rows)]
