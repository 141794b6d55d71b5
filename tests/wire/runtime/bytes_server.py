"""A server of raw bytes: each connection is handed to a script, which says when it has seen a whole request."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Script = Callable[["Peer"], None]


class Peer:
    """One connection; `request` reads a whole one, head and body as `Content-Length` says."""

    def __init__(self, connection: socket.socket, stop: threading.Event) -> None:
        self._connection = connection
        self._reader = connection.makefile("rb")
        self.stop = stop

    def request(self) -> bytes:
        """Head and body; empty where the client went away."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self._reader.readline()
            if not line:
                return b""
            head += line
        size = next((int(x.split(b":")[1]) for x in head.lower().splitlines() if x.startswith(b"content-length:")), 0)
        return head + self._reader.read(size)

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def drip(self, data: bytes, pause: float) -> None:
        """A byte each so many seconds, until the client goes away or the test ends."""
        for byte in data:
            self.send(bytes([byte]))
            if self.stop.wait(pause):
                return

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._reader.close()
        self._connection.close()


class BytesServer:
    """`heads` has the request line of every request that a script has read."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._run, args=(Peer(connection, self._stop),), daemon=True).start()

    def _run(self, peer: Peer) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._script(peer)
        peer.close()

    def close(self) -> None:
        self._stop.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextlib.contextmanager
def scripted(script: Script) -> Iterator[BytesServer]:
    server = BytesServer(script)
    try:
        yield server
    finally:
        server.close()


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """An answer that says its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
