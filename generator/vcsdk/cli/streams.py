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


def cannot_take(error: OSError) -> bool:
    """Whether it is a standard stream that takes no more: a disk is full, or a device fails."""
    return error.filename is None and error.errno in _FULL


def give_up() -> None:
    """Let Python find nothing to flush at its end, which it would complain of once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
