"""What belongs to one event loop: connections, and locks that tasks wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from .errors import ArgumentError

T = TypeVar("T")


class PerLoop(Generic[T]):
    """A value for each event loop, made when that loop first asks.  Those of loops that were closed are let go of."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: dict[asyncio.AbstractEventLoop, T] = {}

    def get(self) -> T:
        """The value of the running loop.  Raises ArgumentError where none is running."""
        loop = running()
        made = self._made.get(loop)
        if made is None:
            for other in list(self._made):
                if other.is_closed():
                    self._made.pop(other, None)
            made = self._made.setdefault(loop, self._make())
        return made

    def forget(self) -> None:
        """Let go of the value of the running loop."""
        self._made.pop(running(), None)

    def made(self) -> dict[asyncio.AbstractEventLoop, T]:
        """All there are, by their loop."""
        return dict(self._made)


def running() -> asyncio.AbstractEventLoop:
    """The running loop.  Raises ArgumentError where there is none."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        pass
    raise ArgumentError("the asynchronous client needs a running event loop of asyncio")
