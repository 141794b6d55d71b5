"""Where files may be put, and what is there already; nothing outside a package folder is ever touched."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath

from vcsdk.diagnostics import WHOLE, Diagnostic, Level, Location
from vcsdk.write.manifest import sha256


class UnsafePathError(ValueError):
    """A path that must not be written; the text says why."""


def inside(package: str, path: PurePosixPath) -> PurePosixPath:
    """The path below the output folder.

    Raises:
        UnsafePathError: The package is not a plain folder name or the path leads out of it.
    """
    for part in (package, *path.parts):
        if part in ("", ".", "..") or "/" in part or "\\" in part or "\0" in part:
            raise UnsafePathError(f"the path {package!r}/{str(path)!r} leads out of its package")
    if path.is_absolute() or not path.parts:
        raise UnsafePathError(f"the path {package!r}/{str(path)!r} leads out of its package")
    return PurePosixPath(package, path)


def content_at(out: Path, path: PurePosixPath) -> bytes | None:
    """What stands at a path below `out`; None where there is nothing.

    Raises:
        UnsafePathError: The path or a folder on the way is a symbolic link, or something that is not a file.
        OSError: It cannot be read.
    """
    place = out
    for part in path.parts[:-1]:
        place /= part
        mode = _mode(place)
        if mode is None:
            return None
        if stat.S_ISLNK(mode):
            raise UnsafePathError("a symbolic link stands in the way; nothing is written through it")
        if not stat.S_ISDIR(mode):
            raise UnsafePathError(f"`{part}` is not a folder")
    place /= path.name
    mode = _mode(place)
    if mode is None:
        return None
    if stat.S_ISLNK(mode):
        raise UnsafePathError("this is a symbolic link; nothing is written through it")
    if not stat.S_ISREG(mode):
        raise UnsafePathError("something that is not a file stands in the way")
    return place.read_bytes()


class Hashes:
    """SHA-256 (hex) of files below `out`, for many of them: each folder on the way is looked at once."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._folders = {PurePosixPath(): True}

    def at(self, path: PurePosixPath) -> str | None:
        """As `hash_at` gives it, and raises."""
        if not self._is_there(path.parent):
            return None
        return hash_at(self._out, path)

    def _is_there(self, folder: PurePosixPath) -> bool:
        known = self._folders.get(folder)
        if known is None:
            # What stands in the way is explained, for each file, by whoever reads it.
            known = self._is_there(folder.parent) and _mode(self._out / folder) is not None
            self._folders[folder] = known
        return known


def hash_at(out: Path, path: PurePosixPath) -> str | None:
    """SHA-256 (hex) of the file at a path below `out`; None where there is none.  Raises as `content_at` does."""
    content = content_at(out, path)
    return None if content is None else sha256(content)


def _mode(place: Path) -> int | None:
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def finding(level: Level, rule: str, message: str, where: Path, hint: str | None = None) -> Diagnostic:
    """A finding about a file of the output."""
    return Diagnostic(level, rule, message, Location(str(where), WHOLE), hint=hint)
