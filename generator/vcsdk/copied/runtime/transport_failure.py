"""No answer came: what went wrong on the way, learnt from httpx2 and httpcore2 without keeping their objects."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import httpx2


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

    __slots__ = ("_tunnel", "left")

    def __init__(self) -> None:
        self.left = False
        self._tunnel = False

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take in one event; the CONNECT of a proxy is not the request."""
        if event.endswith("send_request_headers.started"):
            self._tunnel = getattr(info.get("request"), "method", b"") == b"CONNECT"
        elif event.endswith("send_request_headers.complete"):
            self.left = not self._tunnel

    async def anote(self, event: str, info: dict[str, Any]) -> None:
        """The same for the asynchronous pool, which awaits its trace."""
        self.note(event, info)


_SYSTEM: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "the server's certificate is not trusted"),
    (ConnectionRefusedError, "connection refused"),
    (ConnectionResetError, "connection reset"),
    (BrokenPipeError, "connection reset"),
    (socket.gaierror, "the host name is unknown"),
    (ssl.SSLError, "TLS failed"),
)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "no connection in time"),
    (httpx2.PoolTimeout, "no free connection in time"),
    (httpx2.ReadTimeout, "no answer in time"),
    (httpx2.WriteTimeout, "the server did not take the request in time"),
    (httpx2.ProxyError, "the proxy failed"),
    (httpx2.DecodingError, "the answer's content encoding is broken"),
    (httpx2.RemoteProtocolError, "the server cut the connection"),
    (httpx2.ReadError, "the connection broke"),
    (httpx2.WriteError, "the connection broke"),
    (httpx2.ConnectError, "no connection"),
)


def describe(error: httpx2.RequestError, trace: SendTrace) -> TransportFailure:
    """Put an httpx2 error in words.  The error itself refers to the request, and that to the credentials."""
    causes = list(_causes(error))
    system = next((kind for kind, _ in _SYSTEM if any(isinstance(cause, kind) for cause in causes)), None)
    reason = dict(_SYSTEM).get(system) if system else None
    if reason is None:
        reason = next((text for kind, text in _REASONS if isinstance(error, kind)), type(error).__name__)
    permanent = system is ssl.SSLCertVerificationError or isinstance(error, httpx2.LocalProtocolError)
    return TransportFailure(reason, maybe_sent=trace.left, permanent=permanent)


def _causes(error: BaseException, depth: int = 8) -> Iterator[BaseException]:
    yield error
    if depth:
        for below in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
            if isinstance(below, BaseException):
                yield from _causes(below, depth - 1)
