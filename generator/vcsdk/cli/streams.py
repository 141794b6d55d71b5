"""The standard streams of a command, as it may find them: closed, full, without a reader, or no UTF-8."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF))


def prepare() -> None:
    """Make the streams ones that can be written to.

    What a console cannot show (half a surrogate pair no console can) is shown as Python escapes it.  A stream that the
    caller closed is nothing to write to; its descriptor is taken, lest a file that is opened next gets it and with it
    what is printed.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, _nothing(number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nothing(number: int) -> TextIO:
    taken = os.open(os.devnull, os.O_RDWR)
    if taken != number:
        os.dup2(taken, number)
        os.close(taken)
    return open(number, "w" if number else "r", encoding="utf-8", closefd=False)


def place(error: OSError) -> str | None:
    """The file that an error is about; of two, where the disk takes no more, the one that is written."""
    second = error.filename2 if error.errno in _FULL else None
    named = error.filename if second is None else second
    return None if named is None else str(named)


def is_full(error: OSError) -> bool:
    """Whether a file or a stream takes no more: a disk is full, or a device fails."""
    return error.errno in _FULL


def cannot_take() -> bool:
    """Whether it is a standard stream that takes no more: it still has what was to be written, and fails again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            return True
    return False


def give_up() -> None:
    """Let Python find nothing to flush at its end, which it would complain of once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
