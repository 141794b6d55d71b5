"""Bounds how long a request may take, whatever the server does: drips bytes, sends preliminary answers for ever."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter


class Clock:
    """Counts the seconds of one request; where they are over, its connection is shut down and reading fails."""

    def __init__(self) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def start(self, seconds: float) -> None:
        """Begin with a request; what an earlier one did is forgotten."""
        self.stop()
        self.over, self._socket = False, None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """End without an effect."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def watch(self, used: socket.socket | None) -> None:
        """The connection that the request travels on, as soon as there is one."""
        with self._lock:
            self._socket = used
            over = self.over
        if over:
            self._cut(used)

    def _end(self) -> None:
        with self._lock:
            self.over = True
            used = self._socket
        self._cut(used)

    @staticmethod
    def _cut(used: socket.socket | None) -> None:
        if used is not None:
            with suppress(OSError):
                # That of a TLS socket would take its state away from whoever reads in another thread.
                socket.socket.shutdown(used, socket.SHUT_RDWR)


def adapter(clock: Clock) -> HTTPAdapter:
    """What a session of requests sends by, so that each connection is known to the clock; nothing is repeated."""

    class Watched:
        """A connection of urllib3, beside whatever kind it is."""

        sock: socket.socket | None

        def connect(self) -> None:
            super().connect()  # type: ignore[misc]
            clock.watch(self.sock)

        def putrequest(self, *args: Any, **options: Any) -> None:
            clock.watch(self.sock)
            super().putrequest(*args, **options)  # type: ignore[misc]

    class Plain(Watched, urllib3.connection.HTTPConnection):
        pass

    class Secure(Watched, urllib3.connection.HTTPSConnection):
        pass

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    pools = {"http": PlainPool, "https": SecurePool}

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
            manager = super().proxy_manager_for(*args, **options)
            manager.pool_classes_by_scheme = pools
            return manager

    return Adapter(max_retries=urllib3.Retry(0, redirect=False))
