"""The folder that a run writes to: one run at a time, and nothing of another one left in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vcsdk.access import real

try:
    import fcntl
except ImportError:  # pragma: no cover - not on POSIX
    fcntl = None  # type: ignore[assignment]

_LOCK = ".lock"


class FolderInUseError(ValueError):
    """Another run writes to the folder; the text is `folder: error: message [report-folder]`."""


@contextmanager
def taken(report: Path | None) -> Iterator[Path]:
    """The report's folder, or one of its own that does not outlive the run, for this run alone.

    Raises:
        FolderInUseError: Another run has it.
        OSError: It cannot be made.
    """
    if report is None:
        with tempfile.TemporaryDirectory(prefix="vcsdk-contract-") as scratch:
            yield Path(scratch)
        return
    report.mkdir(parents=True, exist_ok=True)
    lock = report / _LOCK
    descriptor = _locked(lock, report)
    try:
        yield real(report)
    finally:
        # Before the lock is given back: who takes it next makes a file of its own.
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(lock: Path, report: Path) -> int:
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if lock.stat().st_ino == os.fstat(descriptor).st_ino:
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            told = f"{report}: error: another run writes its report there [report-folder]"
            raise FolderInUseError(told) from None
        except FileNotFoundError:
            pass
        # It was another run's, which has ended meanwhile.
        os.close(descriptor)
