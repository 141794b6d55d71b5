"""What the logic asks of the outside world.

The logic of calls, sessions, retries and waiting is written once, as generators that yield these effects
(`Flow[T]`); `drive_sync` and `drive_async` carry them out.  No effect is carried out inside the generators.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import httpx2

T = TypeVar("T")


class Lock(Protocol):
    """A lock of the driver's kind; `acquire` is the driver's affair."""

    def release(self) -> None:
        """Let the next one in."""


@dataclass(slots=True)
class Send:
    """Send the request and read the whole answer; the result is a `RawAnswer`.

    Throws `TransportFailure` into the generator if there is none.  `deadline` is a `time.monotonic()` moment after
    which reading stops even if bytes keep trickling in.
    """

    request: httpx2.Request
    deadline: float | None = None


@dataclass(slots=True)
class Sleep:
    """Wait for so many seconds."""

    seconds: float


@dataclass(slots=True)
class Acquire:
    """Take the lock; throws `TransportFailure` if it is not free by `deadline`."""

    lock: Any
    deadline: float | None = None


@dataclass(slots=True)
class Notify:
    """Tell the caller's `on_progress`."""

    callback: Callable[[Any], Any]
    progress: Any


Effect = Send | Sleep | Acquire | Notify
Flow = Generator[Effect, Any, T]


class TransportFailure(Exception):
    """No answer came.

    `maybe_sent` is False only where the server cannot have received a whole request head.  `permanent` marks what
    trying again cannot mend, such as a certificate that is not trusted.
    """

    def __init__(self, reason: str, *, maybe_sent: bool, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_sent = maybe_sent
        self.permanent = permanent


class SendTrace:
    """Learns from httpcore2 whether a request head left completely.

    httpcore2 reports `send_request_headers.complete` once the operating system took every byte of the head.  Before
    that the server can have at most a part of the head, which no server acts upon.
    """

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = False

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take in one event; the CONNECT of a proxy is not the request."""
        if event.endswith("send_request_headers.complete"):
            request = info.get("request")
            self.left = self.left or getattr(request, "method", b"") != b"CONNECT"

    async def anote(self, event: str, info: dict[str, Any]) -> None:
        """The same for the asynchronous pool, which awaits its trace."""
        self.note(event, info)


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "no connection in time"),
    (httpx2.PoolTimeout, "no free connection in time"),
    (httpx2.ReadTimeout, "no answer in time"),
    (httpx2.WriteTimeout, "the server did not take the request in time"),
    (httpx2.ProxyError, "the proxy failed"),
    (httpx2.DecodingError, "the answer's content encoding is broken"),
    (httpx2.RemoteProtocolError, "the server cut the connection"),
)
_TEXTS: tuple[tuple[str, str], ...] = (
    ("refused", "connection refused"),
    ("reset", "connection reset"),
    ("CERTIFICATE_VERIFY_FAILED", "the server's certificate is not trusted"),
    ("Name or service not known", "the host name is unknown"),
    ("nodename nor servname", "the host name is unknown"),
    ("getaddrinfo", "the host name is unknown"),
    ("unreachable", "the network is unreachable"),
    ("No route to host", "there is no route to the host"),
    ("without sending a response", "the server closed the connection without an answer"),
)


def failure(error: httpx2.RequestError, trace: SendTrace | None) -> TransportFailure:
    """Describe an httpx2 error without keeping it: it refers to the request, and that to the credentials."""
    said = str(error) + str(error.__cause__ or "") + str(error.__context__ or "")
    reason = next((text for part, text in _TEXTS if part in said), None)
    if reason is None:
        reason = next((text for kind, text in _REASONS if isinstance(error, kind)), None)
    return TransportFailure(
        reason or f"{type(error).__name__}",
        maybe_sent=True if trace is None else trace.left,
        permanent="CERTIFICATE_VERIFY_FAILED" in said or isinstance(error, httpx2.LocalProtocolError),
    )
