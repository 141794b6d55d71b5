"""Time and what is due when.  Nothing in the simulator's state sleeps: it asks the agenda to run what is due."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Monotonic seconds and wall-clock text; tests put a hand-driven one in its place."""

    def now(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def timestamp(self) -> str:
        """The wall clock as vCenter writes it: `2026-01-15T12:00:00.000Z`."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Agenda:
    """Actions with a due time.  `changed` is called when an earlier action was added."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.changed: Callable[[], None] = lambda: None
        self._entries: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Run the action once, that many seconds from now."""
        heapq.heappush(self._entries, (self.clock.now() + seconds, next(self._order), action))
        self.changed()

    def run_due(self) -> None:
        """Run everything that is due, in order of time."""
        while self._entries and self._entries[0][0] <= self.clock.now():
            heapq.heappop(self._entries)[2]()

    def next_in(self) -> float | None:
        """Seconds until something is due, or None."""
        return max(0.0, self._entries[0][0] - self.clock.now()) if self._entries else None

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
