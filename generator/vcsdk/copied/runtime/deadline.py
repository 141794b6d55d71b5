"""A moment after which a synchronous call waits for nothing more, however often bytes come.

httpcore2 bounds each single read and write.  So a timeout here is a number that knows the moment it leads to, and what
stands between httpcore2 and the sockets reads the moment from it.  An event loop needs none of this.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from typing import Any

from .process import generation

_AT_ONCE = 0.001
LONGEST = 2e6
"""Most seconds of a single wait: operating systems count its milliseconds in 31 bits, and refuse what is longer."""
_PIECE = 16384


class OutOfTime(Exception):
    """The moment has come."""


class Until(float):
    """Seconds that are left when it is made, and `moment`, the `time.monotonic()` at which none are."""

    __slots__ = ("moment",)
    moment: float

    @classmethod
    def of(cls, moment: float, longest: float | None = None) -> Until:
        """What is left until a moment, at most `longest`."""
        left = max(_AT_ONCE, moment - time.monotonic())
        until = cls(left if longest is None else min(left, longest))
        until.moment = moment
        return until


def _left(timeout: float | None) -> float | None:
    """What is left of a timeout now.  Raises OutOfTime where nothing is."""
    if not isinstance(timeout, Until):
        return None if timeout is None else min(timeout, LONGEST)
    left = timeout.moment - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return min(left, float(timeout), LONGEST)


class Backend:
    """A network backend of httpcore2 whose streams keep to the moments of their timeouts."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._forks = generation()
        self._open: weakref.WeakSet[_Stream] = weakref.WeakSet()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        """A connection; each address of the host is tried in turn, all of them in the time that there is."""
        failed: Exception | None = None
        for address in _addresses(host, port, timeout):
            try:
                return self._kept(self._inner.connect_tcp(address, port, timeout=_left(timeout), **options))
            except OutOfTime:
                raise
            except Exception as error:
                failed = error
        assert failed is not None  # noqa: S101 - there is an address, or an exception was raised
        raise failed

    def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> _Stream:
        """A connection to a socket of this machine."""
        return self._kept(self._inner.connect_unix_socket(path, timeout=_left(timeout), **options))

    def sleep(self, seconds: float) -> None:
        """What httpcore2 asks for between attempts."""
        self._inner.sleep(seconds)

    def _kept(self, inner: Any) -> _Stream:
        stream = _Stream(inner, self)
        self._open.add(stream)
        return stream

    def wake(self) -> None:
        """End what other threads wait for: a socket that is closed does not wake them."""
        for stream in list(self._open):
            stream.wake()

    def abandon(self) -> None:
        """Close the copies that a fork has made of the parent's sockets, which tells the servers nothing."""
        for stream in list(self._open):
            stream.abandon()


class _Stream:
    """A connection, as httpcore2 has it."""

    def __init__(self, inner: Any, owner: Backend) -> None:
        self._inner = inner
        self._owner = owner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: bytes = self._inner.read(max_bytes, timeout=_left(timeout))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return  # httpcore2 writes twice behind the head of a request without a body
        if len(buffer) <= _PIECE:
            self._inner.write(buffer, timeout=_left(timeout))
            return
        # A server that takes a little now and then must not hold the call for ever.
        view = memoryview(buffer)
        for begin in range(0, len(view), _PIECE):
            self._inner.write(view[begin : begin + _PIECE], timeout=_left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        inner = self._inner.start_tls(ssl_context, server_hostname=server_hostname, timeout=_left(timeout))
        return self._owner._kept(inner)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def wake(self) -> None:
        sock = self._inner.get_extra_info("socket")
        with contextlib.suppress(OSError, TypeError):
            # That of an `SSLSocket` would take its TLS away under who reads.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def abandon(self) -> None:
        sock = self._inner.get_extra_info("socket")
        if sock is not None:
            sock.close()


def _addresses(host: str, port: int, timeout: float | None) -> Iterator[str]:
    """The addresses of a host, as the system orders them.  Nothing bounds its asking, so a thread of its own waits."""
    if not isinstance(timeout, Until) or ":" in host or host.replace(".", "").isdigit():
        yield host
        return
    found: list[str] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(dict.fromkeys(str(i[4][0]) for i in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except Exception as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True, name="address of a host")
    asking.start()
    asking.join(_left(timeout))
    if failed:
        raise failed[0]
    if not found:
        raise OutOfTime
    yield from found


def keep(http: Any) -> list[Backend]:
    """Make the pools of an `httpx2.Client` keep to moments; gives what stands between each and its sockets.

    httpx2 takes no backend of its own; without this its pools bound each read and write only.
    """
    kept = []
    for transport in (http._transport, *http._mounts.values()):
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            pool._network_backend = Backend(pool._network_backend)
            kept.append(pool._network_backend)
    return kept
