"""Files that only their owner may read: what a run keeps of a target is nobody else's, whatever the umask says."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO, TextIO, cast

_OWNER = 0o600


def opened(path: Path) -> BinaryIO:
    """A new, empty file for bytes, also to be read; one that is there already is made anew.

    Raises:
        OSError: It cannot be written.
    """
    path.unlink(missing_ok=True)
    # A link that somebody has put there meanwhile is not followed.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), _OWNER)
    return cast("BinaryIO", os.fdopen(descriptor, "w+b"))


def opened_for_text(path: Path) -> TextIO:
    """The same for text in UTF-8.

    Raises:
        OSError: It cannot be written.
    """
    return io.TextIOWrapper(opened(path), encoding="utf-8")


def write(path: Path, text: str) -> None:
    """Write a text, whole or not at all.

    Raises:
        OSError: It cannot be written.
    """
    fresh = path.with_name(path.name + ".new")
    with opened(fresh) as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))
    fresh.replace(path)
