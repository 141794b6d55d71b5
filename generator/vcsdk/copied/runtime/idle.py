"""Connections that wait for the next request: one that has bytes left of the answer before is not used again.

A server that answers twice, or with more than it said, would give the next request the answer to another.
"""

from __future__ import annotations

from typing import Any


def discard_leftovers(http: Any) -> None:
    """Make the pools of a client of httpx2 close such connections in place of using them.

    httpcore2 looks at the socket of an idle connection, and not at what it has read from it.
    """
    for transport in (http._transport, *http._mounts.values()):
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "create_connection"):
            pool.create_connection = _Making(pool.create_connection)


class _Making:
    """Makes the connections of a pool, each of which has expired once something is left in it."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __call__(self, origin: Any) -> Any:
        made = self._make(origin)
        made.has_expired = _Expiry(made, made.has_expired)
        return made


class _Expiry:
    __slots__ = ("_connection", "_has_expired")

    def __init__(self, connection: Any, has_expired: Any) -> None:
        self._connection = connection
        self._has_expired = has_expired

    def __call__(self) -> bool:
        return bool(self._has_expired()) or (self._connection.is_idle() and _has_leftovers(self._connection))


def _has_leftovers(connection: Any) -> bool:
    # That of a proxy has one within, and that one the parser.
    while connection is not None:
        parser = getattr(connection, "_h11_state", None)
        if parser is not None:
            return bool(parser.trailing_data[0]) or _is_unread(getattr(connection, "_network_stream", None))
        connection = getattr(connection, "_connection", None)
    return False


def _is_unread(stream: Any) -> bool:
    # An event loop takes bytes from a socket before anybody asks, so that the socket has none.
    stream = getattr(stream, "_stream", None)
    while stream is not None:
        queue = getattr(getattr(stream, "_protocol", None), "read_queue", None)
        encrypted = getattr(stream, "_read_bio", None)
        if queue or (encrypted is not None and encrypted.pending):
            return True
        stream = getattr(stream, "transport_stream", None)
    return False
