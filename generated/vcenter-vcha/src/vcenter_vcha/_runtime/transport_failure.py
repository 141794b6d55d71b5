"""No answer came: what went wrong on the way, learnt from httpx2 and httpcore2 without keeping their objects."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, MutableMapping
from typing import Any

import httpx2

from .deadline import OutOfTime
from .errors import ClientClosed, SdkError


class TransportFailure(Exception):
    """No answer came.

    `maybe_sent` is False only where the server cannot have received a whole request head.  `permanent` marks what
    trying again cannot mend, such as a certificate that is not trusted; `unknown_authority` that the one who issued it
    is not among those trusted.  `cause` is the system's own error, or that of the
    body's source, without what it refers to.
    """

    def __init__(
        self,
        reason: str,
        *,
        maybe_sent: bool,
        permanent: bool = False,
        unknown_authority: bool = False,
        cause: Exception | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_sent = maybe_sent
        self.permanent = permanent
        self.unknown_authority = unknown_authority
        self.cause = cause


class TooLarge(Exception):
    """An answer came, and its body has more bytes than `bound` lets it have."""

    def __init__(self, status: int, headers: httpx2.Headers, most: int, bound: str = "max_answer_bytes") -> None:
        super().__init__(f"more than {most} bytes")
        self.bound = bound
        self.status = status
        self.headers = headers
        self.most = most


class SendTrace:
    """Learns from httpcore2 whether a request head left completely.

    httpcore2 reports `send_request_headers.complete` once the operating system took every byte of the head.  Before
    that the server can have at most a part of the head, which no server acts upon.  `began` tells that it was about to.
    What comes behind the head says no more, so it is not asked for.
    """

    __slots__ = ("_extensions", "_tunnel", "began", "left")

    def __init__(self, *, left: bool = False) -> None:
        self.left: bool = left
        self.began: bool = left
        self._tunnel = False
        self._extensions: MutableMapping[str, Any] = {}

    def follow(self, request: httpx2.Request, *, asynchronous: bool = False) -> None:
        """Be told of what becomes of a request, which is about to be sent."""
        self._extensions = request.extensions
        self._extensions["trace"] = self.anote if asynchronous else self.note

    def restart(self) -> None:
        """Nothing has left, and nothing is about to."""
        self.left = self.began = False

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take in one event; the CONNECT of a proxy is not the request."""
        if event.endswith("send_request_headers.started"):
            self._tunnel = getattr(info.get("request"), "method", b"") == b"CONNECT"
            self.began = not self._tunnel
        elif event.endswith("send_request_headers.complete"):
            self.left = not self._tunnel
            if self.left:
                self._extensions.pop("trace", None)

    def sent(self, error: Exception) -> bool:
        """Whether the server may have the whole head, where this was raised."""
        # Nothing is known of when another exception is raised: a part of the head may have become the whole since.
        return self.left or (self.began and not isinstance(error, httpx2.RequestError | OutOfTime))

    async def anote(self, event: str, info: dict[str, Any]) -> None:
        """The same for the asynchronous pool, which awaits its trace."""
        self.note(event, info)


class Blind(SendTrace):
    """The same for a client of the caller's own, whose transport, hooks or authentication may tell nothing of this.

    What sends several requests for one is told of the first alone; a head that has left stays so.
    """

    __slots__ = ("told",)

    def __init__(self) -> None:
        super().__init__(left=True)
        self.told: bool = False

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take in one event; from the first on the transport is known to tell."""
        if not self.told:
            self.told = True
            self.restart()
        super().note(event, info)

    def sent(self, error: Exception) -> bool:
        """Whether the server may have the head."""
        return super().sent(error) and (self.told or not isinstance(error, _UNCONNECTED))


_UNCONNECTED = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)
"""What httpx2 means by these is that there was no connection to send over."""
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
    (OutOfTime, "no answer in time"),
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


def describe(error: Exception, trace: SendTrace) -> TransportFailure:
    """Put an error of httpx2, or any other, in words.  It may refer to the request, and that to the credentials."""
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
        maybe_sent=trace.sent(error),
        permanent=untrusted or isinstance(error, httpx2.LocalProtocolError),
        unknown_authority=getattr(cause, "verify_code", None) in _UNKNOWN_AUTHORITY,
        cause=_alone(cause),
    )


def failure(error: Exception, trace: SendTrace, request: httpx2.Request, *, closed: bool) -> Exception:
    """What a driver raises for an exception: a body that its source did not give, a client that was closed, or else."""
    source = getattr(request.stream, "failed", None)
    if source is not None:
        reason = f"the source of the body raised {type(source).__name__}"
        return TransportFailure(reason, maybe_sent=trace.left, permanent=True, cause=source)
    if closed and not trace.began:
        return ClientClosed("the client was closed before the request left; nothing was sent")
    found = describe(error, trace)
    if closed:
        return TransportFailure("the client was closed", maybe_sent=found.maybe_sent, permanent=True)
    return found


def unusable(error: Exception) -> Exception:
    """The exception where no connections can be made at all, by what only the first request finds."""
    if isinstance(error, SdkError):
        return error
    reason = f"no connection can be made ({type(error).__name__}); is a proxy of the environment of an unknown kind?"
    return TransportFailure(reason, maybe_sent=False, permanent=True)


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
