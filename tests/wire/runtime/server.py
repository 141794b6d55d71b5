"""A real HTTP server on a free port, in threads, that records requests and answers as a test says."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass
class Seen:
    """A request as it stood on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.target}"


@dataclass
class Reply:
    status: int = 200
    json: Any = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: str = ""
    """"reset": cut with RST, "close": cut cleanly, without an answer; "behind": cut behind the answer."""
    hang: float = 0.0
    """Seconds to wait before answering."""
    trickle: bool = False
    """One byte each 20 ms."""

    def bytes(self) -> bytes:
        body = self.body if self.body is not None else b"" if self.json is None else msgspec.json.encode(self.json)
        head = {"Content-Length": str(len(body)), **({"Content-Type": "application/json"} if body else {})}
        lines = "".join(f"{k}: {v}\r\n" for k, v in {**head, **self.headers}.items())
        return f"HTTP/1.1 {self.status} X\r\n{lines}\r\n".encode() + body


Handler = Callable[[Seen], Reply]


class Server:
    """Answers with `handler`; `seen` holds every request that arrived whole."""

    def __init__(self, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        self.handler = handler
        self._tls = tls
        self.seen: list[Seen] = []
        self.connections = 0
        self._stop = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self.port = 0
        self.listen()

    @property
    def origin(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def lines(self) -> list[str]:
        return [request.line for request in self.seen]

    def listen(self) -> None:
        """(Again) accept connections, on the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def vanish(self) -> None:
        """Refuse new connections and reset the open ones."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            gone, self._open = self._open, set()
        for connection in gone:
            _reset(connection)

    def close(self) -> None:
        self._stop.set()
        self.vanish()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
                self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        if self._tls is not None:
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except OSError:  # the client does not trust the certificate
                connection.close()
                return
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile("rb") as reader:
            while (seen := _read(reader)) is not None:
                with self._lock:
                    self.seen.append(seen)
                reply = self.handler(seen)
                if reply.hang:
                    self._stop.wait(reply.hang)
                if reply.cut == "reset":
                    _reset(connection)
                    return
                if reply.cut == "close":
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                self._write(connection, reply)
                if reply.cut == "behind":
                    connection.shutdown(socket.SHUT_RDWR)
                    return
        with self._lock:
            self._open.discard(connection)

    def _write(self, connection: socket.socket, reply: Reply) -> None:
        if not reply.trickle:
            connection.sendall(reply.bytes())
            return
        for byte in reply.bytes():
            connection.sendall(bytes([byte]))
            if self._stop.wait(0.02):
                return


def _reset(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
    with contextlib.suppress(OSError):
        # close() alone waits for the reader that makefile() made.
        import os

        os.close(connection.detach())


def _read(reader: Any) -> Seen | None:
    first = reader.readline().decode("latin-1").split()
    if len(first) < 3:
        return None
    headers = {}
    while line := reader.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(reader.readline(), 16):
            body += reader.read(size)
            reader.readline()
        reader.readline()
    else:
        body = reader.read(int(headers.get("content-length", "0")))
    return Seen(first[0], first[1], headers, body)


@contextlib.contextmanager
def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(handler, tls)
    try:
        yield server
    finally:
        server.close()
