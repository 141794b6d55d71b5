"""What the logic asks of the outside world.

The logic of calls, sessions, retries and waiting is written once, as generators that yield these effects
(`Flow[T]`); `drive_sync` and `drive_async` carry them out.  No effect is carried out inside the generators.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Protocol, TypeVar

import httpx2
import msgspec

from .raw import OpenAnswer

T = TypeVar("T")


class Lock(Protocol):
    """A lock of the driver's kind; `acquire` is the driver's affair."""

    def release(self) -> None:
        """Let the next one in."""


class Send(msgspec.Struct):
    """Send the request and read the whole answer; the result is a `RawAnswer`.

    Throws `TransportFailure` into the generator if there is none, `TooLarge` if its body has more than `most` bytes,
    content encoding undone.  `deadline` is a `time.monotonic()` moment after which nothing is waited for, even if bytes
    keep trickling in.  With `stream` a success (2xx) comes as `OpenAnswer`, its body unread; then nothing but `silence`
    bounds each wait for more.  `bare`: nothing is added that the owner of an `http_client` has set for its requests.
    """

    request: httpx2.Request
    deadline: float | None = None
    stream: bool = False
    silence: float | None = None
    most: int | None = None
    bare: bool = False

    def __repr__(self) -> str:
        return f"<Send {self.request.method}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("method", self.request.method)]  # its address and headers may hold credentials


class Rest(msgspec.Struct):
    """Read what is left of an open answer; as `Send` otherwise."""

    answer: OpenAnswer
    deadline: float | None
    most: int | None


class Sleep(msgspec.Struct):
    """Wait for so many seconds."""

    seconds: float


class Acquire(msgspec.Struct):
    """Take the lock and give what is to be released; throws `TransportFailure` if it is not free by `deadline`."""

    lock: Any
    deadline: float | None = None


class Drop(msgspec.Struct):
    """Close an open answer that nobody will read."""

    answer: OpenAnswer


class Tell(msgspec.Struct):
    """Call a hook; an asynchronous one is awaited until `deadline`, which then throws `TransportFailure`."""

    callback: Callable[..., object]
    arguments: tuple[Any, ...]
    deadline: float | None


class Ask(msgspec.Struct):
    """Call a function for a credential; an asynchronous one is awaited until `deadline`."""

    function: Callable[[], Any]
    deadline: float | None


class Notify(msgspec.Struct):
    """Tell the caller's `on_progress`."""

    callback: Callable[[Any], Any]
    progress: Any


Effect = Send | Rest | Sleep | Acquire | Notify | Tell | Ask | Drop
Flow = Generator[Effect, Any, T]
