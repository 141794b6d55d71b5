"""Temporary folders that the next run takes away where this one was killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_LOCK, _WORK = ".lock", "work"


@contextmanager
def folder(purpose: str) -> Iterator[Path]:
    """A folder of our own in the system's temporary folder; it is gone afterwards.

    While it is used its lock is held, which the system gives back however a process dies.  So what is not locked was
    left by a run that was killed, and goes too.  On Windows there is no lock, and what was left stays.

    Args:
        purpose: Stands in the name: "build".

    Raises:
        OSError: It cannot be made.
    """
    prefix = f"vcsdk-{purpose}-"
    _clear(prefix)
    made, lock = _make(prefix)
    try:
        work = made / _WORK
        work.mkdir()
        yield work
    finally:
        _remove(made)
        os.close(lock)


def _make(prefix: str) -> tuple[Path, int]:
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix))
        # A run beside this one may take it for a killed one's until it is locked.
        with suppress(FileNotFoundError):
            lock = os.open(made / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            if sys.platform == "win32" or (_locked(lock) and made.is_dir()):
                return made, lock
            os.close(lock)


def _clear(prefix: str) -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        # What is another user's cannot be opened, and a link leads to what is not ours.
        with suppress(OSError):
            if left.is_symlink() or (hasattr(os, "getuid") and left.stat().st_uid != os.getuid()):
                continue
            if not (left / _LOCK).exists():
                left.rmdir()
                continue
            lock = os.open(left / _LOCK, os.O_RDWR)
            try:
                if _locked(lock):
                    _remove(left)
            finally:
                os.close(lock)


def _remove(made: Path) -> None:
    """The lock goes last: without it nobody would dare to take the rest away."""
    shutil.rmtree(made / _WORK, ignore_errors=True)
    shutil.rmtree(made, ignore_errors=True)


def _locked(lock: int) -> bool:
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
