"""Puts results into their places: all of them, or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_WAITING = ".part"


def place(files: Sequence[tuple[Path, bytes]], *, new: bool = False) -> list[Path]:
    """Write files in place of those of these names; folders above them are made.

    All are written beside their places first, and then renamed.  So where one cannot be written, because the disk is
    full or a folder is not to be written to, nothing is changed, and what was made for it is gone.  A run that is
    killed leaves each file as it was or as it shall be.  What is no regular file (a pipe, `/dev/stdout`) is written to,
    and a link stays and what it leads to is replaced.

    Args:
        files: The places, and what belongs there.
        new: Replace nothing, also nothing that came to be there in the meantime.

    Returns:
        The places, as they were given.

    Raises:
        FileExistsError: There is a file, and `new` replaces none.
        OSError: One cannot be written.
    """
    places = [path for path, _ in files]
    with _folders_of(places):
        waiting: list[tuple[Path, Path]] = []
        try:
            for path, content in files:
                target = path.resolve() if path.is_symlink() else path
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
                if new:
                    with target.open("xb") as stream:
                        waiting.append((target, target))
                        stream.write(content)
                    continue
                if path.exists() and not path.is_file():
                    path.write_bytes(content)
                    continue
                apart = target.with_name(f".{target.name}{_WAITING}")
                waiting.append((apart, target))
                apart.write_bytes(content)
                if target.exists():
                    apart.chmod(target.stat().st_mode & 0o777)
            for apart, target in waiting:
                apart.replace(target)
            waiting.clear()
        finally:
            for apart, _ in waiting:
                with suppress(OSError):
                    apart.unlink(missing_ok=True)
    return places


@contextmanager
def _folders_of(places: Sequence[Path]) -> Iterator[None]:
    """Make the folders above; those that stay empty, because a file could not be written, are removed again."""
    parents = dict.fromkeys(parent for path in places for parent in path.parents if not parent.exists())
    try:
        for path in places:
            path.parent.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for parent in sorted(parents, key=lambda parent: len(parent.parts), reverse=True):
            with suppress(OSError):
                parent.rmdir()
