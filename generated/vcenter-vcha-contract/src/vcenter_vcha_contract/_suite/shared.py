"""What the processes of one run (pytest-xdist's workers) share: a lock, disturbances, and that the target is lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # pragma: no cover - not on POSIX
    fcntl = None  # type: ignore[assignment]

_WORKER = "worker."


class Shared:
    """A folder that every process of the run knows.

    Tests that only read hold the lock together; one that changes the target holds it alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder: Path = folder
        self.accepted: Path = folder / "accepted"
        self.accepted.mkdir(exist_ok=True)

    @staticmethod
    def works_across_processes() -> bool:
        """False where the system has no POSIX file locks: a run must then stay in one process."""
        return fcntl is not None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Hold the lock beside others that only read; waits for one that changes the target, and lets it go first."""
        if fcntl is None:  # pragma: no cover - not on POSIX
            yield
            return
        with self._locked("turn", fcntl.LOCK_EX):
            held = self._open("lock", fcntl.LOCK_SH)
        with held:
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock alone."""
        if fcntl is None:  # pragma: no cover - not on POSIX
            yield
            return
        # Whoever has the turn keeps newcomers out, so that a stream of readers cannot starve it.
        with self._locked("turn", fcntl.LOCK_EX), self._locked("lock", fcntl.LOCK_EX):
            yield

    @property
    def disturbances(self) -> int:
        """How often a disruptive operation was accepted, whichever process sent it."""
        path = self.folder / "disturbances"
        return path.stat().st_size if path.is_file() else 0

    def disturb(self) -> None:
        """A disruptive operation was accepted: the target may go away, and every session with it."""
        with (self.folder / "disturbances").open("ab") as stream:
            stream.write(b".")

    @property
    def lost(self) -> str:
        """Why the target is given up, "" as long as it is not."""
        path = self.folder / "lost"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def has_hung(self, kind: str) -> bool:
        """True if somebody has waited in vain for something of this kind."""
        return self._mark("hung", kind).is_file()

    def hang(self, kind: str) -> None:
        """Nobody waits for anything of this kind any more."""
        self._mark("hung", kind).touch()

    def is_first(self, kind: str) -> bool:
        """True for whoever asks first; to say once what everybody meets."""
        try:
            self._mark("told", kind).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _mark(self, what: str, kind: str) -> Path:
        return self.folder / f"{what}.{hashlib.sha256(kind.encode()).hexdigest()[:16]}"

    def lose(self, reason: str) -> None:
        """Give the target up for the rest of the run; the first reason stands.  It must be masked already."""
        with contextlib.suppress(FileExistsError), (self.folder / "lost").open("x", encoding="utf-8") as stream:
            stream.write(reason)

    @property
    def is_hurried(self) -> bool:
        """True if the run was interrupted once more while it ended."""
        return (self.folder / "hurried").is_file()

    def hurry(self) -> None:
        """Tell all processes of the run to give up what is not done yet."""
        (self.folder / "hurried").touch()

    def join(self) -> None:
        """Say that this process works for the run."""
        (self.folder / f"{_WORKER}{os.getpid()}").touch()

    def part(self) -> None:
        """Say that this process has done all that it does for the run."""
        (self.folder / f"{_WORKER}{os.getpid()}").unlink(missing_ok=True)

    @property
    def working(self) -> list[int]:
        """The processes that have joined and still work."""
        numbers = sorted(int(path.name.removeprefix(_WORKER)) for path in self.folder.glob(f"{_WORKER}*"))
        return [number for number in numbers if _is_there(number)]

    def leave(self, places: Iterable[str]) -> None:
        """Say what the run made and could not remove, or set and could not set back."""
        with (self.folder / "left").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{place}\n" for place in places)

    @property
    def left(self) -> list[str]:
        """What the run made and could not remove, or set and could not set back, whichever process did."""
        path = self.folder / "left"
        return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []

    def note(self, text: str) -> None:
        """Say once in the run what is no finding, and worth knowing.  It must be masked already."""
        if self.is_first(f"note {text}"):
            with (self.folder / "notes").open("a", encoding="utf-8") as stream:
                stream.write(f"{text}\n")

    @property
    def notes(self) -> list[str]:
        """What any process of the run has noted, in order."""
        path = self.folder / "notes"
        return sorted(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else []

    def _open(self, name: str, kind: int) -> IO[bytes]:
        stream = (self.folder / name).open("ab")
        fcntl.flock(stream, kind)
        return stream

    @contextlib.contextmanager
    def _locked(self, name: str, kind: int) -> Iterator[None]:
        # Closing the file gives the lock back.
        with self._open(name, kind):
            yield


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
