"""The connections of a synchronous client: made for the first request, and anew in each process."""

from __future__ import annotations

import threading
from collections.abc import Callable

import httpx2

from .deadline import Backend, keep
from .idle import discard_leftovers
from .process import Own


class _Pool:
    """Those of one process."""

    def __init__(self, make: Callable[[], httpx2.Client]) -> None:
        self._make = make
        self._making = threading.Lock()
        self._backends: list[Backend] = []
        self.made: httpx2.Client | None = None

    def http(self) -> httpx2.Client:
        if self.made is None:
            with self._making:
                if self.made is None:
                    made = self._make()
                    self._backends = keep(made)
                    discard_leftovers(made)
                    self.made = made
        return self.made

    def close(self) -> None:
        if self.made is not None:
            for backend in self._backends:
                backend.wake()
            self.made.close()

    def abandon(self) -> None:
        for backend in self._backends:
            backend.abandon()


class Pools:
    """The client of httpx2 for the process that asks.

    Its pool, and the system's authorities, cost a program as much as its imports; a client that never calls makes none.
    """

    def __init__(self, make: Callable[[], httpx2.Client]) -> None:
        self._own: Own[_Pool] = Own(lambda: _Pool(make), _Pool.abandon)
        self._is_closed = False

    @property
    def http(self) -> httpx2.Client:
        """Raises what making it raises."""
        return self._own.get().http()

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._is_closed

    def close(self) -> None:
        """Close the connections, those that are in use too."""
        self._is_closed = True
        self._own.get().close()
