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
    trying again cannot mend, such as a certificate that is not trusted; `unknown_authority` that the one who issued it
    is not among those trusted.  `cause` is the system's own error, without what it refers to.
    """

    def __init__(
        self,
        reason: str,
        *,
        maybe_sent: bool,
        permanent: bool = False,
        unknown_authority: bool = False,
        cause: OSError | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_sent = maybe_sent
        self.permanent = permanent
        self.unknown_authority = unknown_authority
        self.cause = cause


class SendTrace:
    """Learns from httpcore2 whether a request head left completely.

    httpcore2 reports `send_request_headers.complete` once the operating system took every byte of the head.  Before
    that the server can have at most a part of the head, which no server acts upon.
    """

    __slots__ = ("_tunnel", "left")

    def __init__(self) -> None:
        self.left: bool = False
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


_UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21, 27})
"""OpenSSL's codes (x509_vfy.h) for an issuer that is not there or not trusted, self-signed certificates among them."""
_SYSTEM: tuple[tuple[type[OSError], str], ...] = (
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
    known = ((text, cause) for kind, text in _SYSTEM for cause in causes if isinstance(cause, kind))
    reason, cause = next(known, (None, None))
    if reason is None or cause is None:
        reason = next((text for kind, text in _REASONS if isinstance(error, kind)), type(error).__name__)
        cause = next((cause for cause in causes if isinstance(cause, OSError)), None)
    if isinstance(cause, ssl.SSLError):
        reason += _told(cause)
    untrusted = isinstance(cause, ssl.SSLCertVerificationError)
    return TransportFailure(
        reason,
        maybe_sent=trace.left,
        permanent=untrusted or isinstance(error, httpx2.LocalProtocolError),
        unknown_authority=getattr(cause, "verify_code", None) in _UNKNOWN_AUTHORITY,
        cause=_alone(cause),
    )


def _told(error: ssl.SSLError) -> str:
    """What OpenSSL says, in front of which stands what it means: ": certificate has expired"."""
    said = getattr(error, "verify_message", "") or (error.reason or "").replace("_", " ").lower()
    return f": {said.rstrip('.')}" if said else ""


def _alone(error: OSError | None) -> OSError | None:
    """The same error without its traceback and causes, whose frames hold the request and its credentials."""
    if error is None or type(error).__module__ not in ("builtins", "socket", "ssl"):
        return None  # nothing is known of what others keep in theirs
    copy: OSError = type(error)(*error.args)
    for name in ("library", "reason", "verify_code", "verify_message"):
        if hasattr(error, name):
            setattr(copy, name, getattr(error, name))
    return copy


def _causes(error: BaseException, depth: int = 8) -> Iterator[BaseException]:
    yield error
    if depth:
        for below in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
            if isinstance(below, BaseException):
                yield from _causes(below, depth - 1)
