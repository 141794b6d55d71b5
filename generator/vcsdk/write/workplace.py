"""The folder beside the output in which new files are prepared, with the lock that keeps two writers apart."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_LOCK = "lock"
JOURNAL = "journal.json"
"""The journal's name in a workplace; while it exists the output is being changed."""


def workplaces(out: Path) -> tuple[Path, Path]:
    """The two places a workplace can have: beside the output, or in it where that is a file system of its own."""
    return out.parent / f".{out.name}.vcsdk", out / ".vcsdk"


@contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """Hold the output's workplace alone; it is gone afterwards, unless a journal is left in it.

    A second writer waits here.  The system gives the lock back when its holder dies, however it dies.  On Windows
    there is no lock, and the last writer wins.

    Raises:
        OSError: The folder cannot be made or locked.
    """
    beside, within = workplaces(out)
    with _parents_of(out):
        yield from _hold(within if _is_apart(out) or within.exists() else beside)


def _hold(place: Path) -> Iterator[Path]:
    descriptor = _lock(place)
    try:
        yield place
    finally:
        try:
            if not (place / JOURNAL).exists():
                _clear(place)
                (place / _LOCK).unlink(missing_ok=True)
                with suppress(OSError):
                    place.rmdir()
        finally:
            os.close(descriptor)


def _lock(place: Path) -> int:
    while True:
        place.mkdir(exist_ok=True)
        try:
            descriptor = os.open(place / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue
        try:
            if sys.platform != "win32":
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            # The writer before us may have deleted the file that we opened; then its lock protects nothing.
            if os.path.samestat(os.fstat(descriptor), (place / _LOCK).stat()):
                return descriptor
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _clear(place: Path) -> None:
    for child in place.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != _LOCK:
            child.unlink()


def fresh_folder(place: Path) -> Path:
    """An empty folder in a workplace that we hold, for staged files; what a crash left there is thrown away."""
    _clear(place)
    staging = place / "staging"
    staging.mkdir()
    return staging


def _is_apart(out: Path) -> bool:
    """Whether the output's parent cannot serve: another file system (no atomic rename), or not ours to write."""
    if not out.exists():
        return False
    return out.stat().st_dev != out.parent.stat().st_dev or not os.access(out.parent, os.W_OK)


@contextmanager
def _parents_of(out: Path) -> Iterator[None]:
    """Make the folders above the output; those that stay empty, because the run failed, are removed again."""
    missing = [parent for parent in out.parents if not parent.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
