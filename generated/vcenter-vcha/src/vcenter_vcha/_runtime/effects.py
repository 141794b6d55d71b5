"""What the logic asks of the outside world.

The logic of calls, sessions, retries and waiting is written once, as generators that yield these effects
(`Flow[T]`); `drive_sync` and `drive_async` carry them out.  No effect is carried out inside the generators.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Protocol, TypeVar

import httpx2
import msgspec

T = TypeVar("T")


class Lock(Protocol):
    """A lock of the driver's kind; `acquire` is the driver's affair."""

    def release(self) -> None:
        """Let the next one in."""


class Send(msgspec.Struct):
    """Send the request and read the whole answer; the result is a `RawAnswer`.

    Throws `TransportFailure` into the generator if there is none.  `deadline` is a `time.monotonic()` moment after
    which reading stops even if bytes keep trickling in (in the synchronous driver only those of the body: httpcore2
    reads a head, at most 100 KiB, as one step).  With `stream` a success (2xx) comes as `OpenAnswer`, its body unread.
    """

    request: httpx2.Request
    deadline: float | None = None
    stream: bool = False


class Sleep(msgspec.Struct):
    """Wait for so many seconds."""

    seconds: float


class Acquire(msgspec.Struct):
    """Take the lock; throws `TransportFailure` if it is not free by `deadline`."""

    lock: Any
    deadline: float | None = None


class Notify(msgspec.Struct):
    """Tell the caller's `on_progress`."""

    callback: Callable[[Any], Any]
    progress: Any


Effect = Send | Sleep | Acquire | Notify
Flow = Generator[Effect, Any, T]
