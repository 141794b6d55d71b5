"""The folder where the toolkit keeps what saves time in later runs; nothing in it decides what is generated.

It may be missing, read-only, emptied at any moment, or shared by runs at the same time: then less is saved.  What was
damaged is not taken.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PACKAGE = Path(__file__).parent
_DIGEST = 32
_MOST = 16
_MOST_BYTES = 256 * 1024 * 1024


def folder() -> Path:
    """`VCSDK_CACHE_DIR`, else `vcsdk` in the user's cache folder (XDG Base Directory Specification); may not exist."""
    named = os.environ.get("VCSDK_CACHE_DIR")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vcsdk"


@functools.cache
def toolkit() -> str:
    """The toolkit as it is installed here, edits included, and the Python that runs it: one digest (hex).

    Whatever is kept is kept under it, so that another version, or a template that was edited, finds nothing.  It is
    that of the first call: a process has loaded its code, and what is edited meanwhile is for the next one.
    """
    # In a checkout the templates are in its root, in an installed toolkit below the package.
    parts = sorted([*_parts(str(_PACKAGE)), *_parts(str(_PACKAGE.parents[1] / "templates"))])
    return hashlib.sha256("\0".join((sys.version, *parts)).encode()).hexdigest()


def _parts(folder: str) -> Iterator[str]:
    """Path, size and time of each file below a folder that decides what is emitted."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".jinja")):
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                yield from _parts(entry.path)


def read(name: str) -> bytes | None:
    """What `write` kept under a name, to the byte; None where there is nothing, or something else."""
    with suppress(OSError):
        kept = (folder() / name).read_bytes()
        content = memoryview(kept)[_DIGEST:]
        if hashlib.sha256(content).digest() == kept[:_DIGEST]:
            return content.tobytes()
    return None


def write(name: str, content: bytes, most: int | None = None) -> None:
    """Keep something under a file name, for this user alone, in place of what was kept there.

    The oldest files with the name's ending go where there are more than `most` of them (16), or too much in them.
    """
    with suppress(OSError):
        place = folder() / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = unfinished(place)
        try:
            temporary.touch(0o600, exist_ok=False)
            with temporary.open("wb") as file:
                file.write(hashlib.sha256(content).digest())
                file.write(content)
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _forget_old(place, _MOST if most is None else most)


def unfinished(place: Path) -> Path:
    """Where to write a file of the folder before it takes its place; what killed runs left unfinished goes."""
    with suppress(OSError):
        for left in place.parent.glob(".*.*"):
            process = left.name.rpartition(".")[2]
            if process.isdecimal() and not _runs_beside(int(process)):
                left.unlink(missing_ok=True)
    return place.with_name(f".{place.name}.{os.getpid()}")


def _runs_beside(process: int) -> bool:
    """Whether another process has this number; True where asking would end it (Windows)."""
    if process == os.getpid():
        return False
    try:
        if sys.platform != "win32":
            os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _forget_old(newest: Path, most: int) -> None:
    known = ((path, path.stat()) for path in newest.parent.glob(f"*{newest.suffix}") if path != newest)
    left = _MOST_BYTES - newest.stat().st_size
    for number, (path, status) in enumerate(sorted(known, key=lambda one: -one[1].st_mtime_ns), 2):
        left -= status.st_size
        if number > most or left < 0:
            path.unlink(missing_ok=True)
