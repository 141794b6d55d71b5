"""What belongs to one process: a fork copies connections and locks that are still the parent's."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_forks = 0


def _forked() -> None:
    global _forks  # noqa: PLW0603 - the process itself is what it counts
    _forks += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def generation() -> int:
    """A number that is another one in each process that was forked; unlike a process identifier it never comes back."""
    return _forks


class Own(Generic[T]):
    """A value that each process makes for itself, when it first asks; what a fork has copied is let go of.

    `copied` is told the value of the parent, to close on this side what the parent goes on using on its own.
    """

    __slots__ = ("_copied", "_made", "_make")

    def __init__(self, make: Callable[[], T], copied: Callable[[T], None] | None = None) -> None:
        self._make = make
        self._copied = copied
        self._made: dict[int, T] = {}

    def get(self) -> T:
        """The value of this process, made on first use; two threads that ask at once get the same."""
        made = self._made.get(_forks)
        if made is not None:
            return made
        # Locks of the parent may be held for ever by threads that a fork does not copy, so that none is taken here.
        value = self._made.setdefault(_forks, self._make())
        for fork in [fork for fork in list(self._made) if fork != _forks]:
            copied = self._made.pop(fork, None)
            if copied is not None and self._copied is not None:
                self._copied(copied)
        return value
