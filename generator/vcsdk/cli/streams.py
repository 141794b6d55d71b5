"""The standard streams of a command, as it may find them: closed, full, without a reader, or no UTF-8."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TextIO, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

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
            # Of an error of a write that is all that tells where it was: it names no file, and may keep nothing.
            stream.write, stream.flush = _telling(stream.write), _telling(stream.flush)  # type: ignore[method-assign]


class StreamError(OSError):
    """A standard stream takes no more."""


def _telling(do: Callable[P, T]) -> Callable[P, T]:
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return do(*args, **kwargs)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StreamError(error.errno, error.strerror) from None

    return told


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


def cannot_take(error: OSError) -> bool:
    """Whether it is a standard stream that takes no more: it says so, or has what was to be written and fails again."""
    if isinstance(error, StreamError):
        return True
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
