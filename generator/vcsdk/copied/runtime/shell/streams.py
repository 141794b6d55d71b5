"""The standard streams of a command, as it may find them: closed, full, without a reader, or no UTF-8."""

from __future__ import annotations

import contextlib
import os
import sys


def prepare() -> None:
    """Make each one that can be written to; what was closed is replaced by nothing, and shows what it cannot write."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # The descriptor is taken, lest the next connection gets it and with it what is printed.
            taken = os.open(os.devnull, os.O_RDWR)
            if taken != number:
                os.dup2(taken, number)
                os.close(taken)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def give_up() -> None:
    """Nobody takes what is printed any more: let the interpreter find nothing to flush."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
