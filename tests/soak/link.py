"""A TCP connection in two halves, with somebody between them who cuts it: at a moment, or at a byte of one answer."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_PIECE = 65_536


class Link:
    """Listens on a port of its own and hands on what comes to another.

    `cuts` are the seconds after the first connection at which all are cut, `answer_cut_at` the byte at which answers to
    the requests are cut whose head `counted` is true for.  `asked` counts these as they came from the client.
    """

    def __init__(
        self, port: int, counted: Callable[[bytes], bool], cuts: tuple[float, ...], answer_cut_at: int | None
    ) -> None:
        self._port = port
        self._cuts = cuts
        self._counted = counted
        self._answer_cut_at = answer_cut_at
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked = 0
        self._closed = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _cut_by_the_clock(self) -> None:
        began = time.monotonic()
        for moment in self._cuts:
            if self._closed.wait(max(0.0, began + moment - time.monotonic())):
                return
            self.cut()

    def cut(self) -> None:
        """Cut every connection now."""
        with self._lock:
            for connection in self._open:
                _reset(connection)
            self._open.clear()

    def close(self) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        clock = threading.Thread(target=self._cut_by_the_clock, daemon=True)
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if clock.ident is None:
                    clock.start()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._port))
        except OSError:
            _reset(client)
            client.close()
            return
        with self._lock:
            self._open |= {client, server}
        asked = threading.Event()
        threading.Thread(target=self._answers, args=(server, client, asked), daemon=True).start()
        self._requests(client, server, asked)

    def _requests(self, client: socket.socket, server: socket.socket, asked: threading.Event) -> None:
        # The heads are small and a client waits for each answer: what comes first of a request has its line.
        with contextlib.suppress(OSError):
            while piece := client.recv(_PIECE):
                if self._counted(piece):
                    self.asked += 1
                    asked.set()
                server.sendall(piece)
        self._end(client, server)

    def _answers(self, server: socket.socket, client: socket.socket, asked: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(_PIECE):
                if asked.is_set() and self._answer_cut_at is not None:
                    client.sendall(piece[: self._answer_cut_at])
                    break
                client.sendall(piece)
        self._end(client, server)

    def _end(self, *connections: socket.socket) -> None:
        with self._lock:
            self._open.difference_update(connections)
        for connection in connections:
            _reset(connection)


def _reset(connection: socket.socket) -> None:
    # Shut down and not closed: a thread may be reading from it.
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        connection.shutdown(socket.SHUT_RDWR)
