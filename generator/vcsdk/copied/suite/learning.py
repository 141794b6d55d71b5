"""What one process of a run learns of secrets, the others have to know, to keep it out of what they write."""

from __future__ import annotations

import json
import os
import socket
import socketserver
import threading
from pathlib import Path

from .masking import Secrets

DESCRIPTOR = "CONTRACT_SECRETS_FD"
"""Environment variable with the number of a file descriptor to write each secret to, as a line of JSON."""
_SOCKET = "learnt"
_HEARD = b"."


class Learning:
    """A pytest plugin: hands session tokens to the process that writes, over sockets and pipes alone.

    A worker of pytest-xdist tells each secret to the first process before it goes on, in the folder that they share;
    the first process tells whoever started it, on the descriptor whose number is `descriptor`.
    """

    def __init__(self, secrets: Secrets, descriptor: str | None, folder: Path, *, worker: bool, workers: bool) -> None:
        self._secrets = secrets
        self._place = str(folder / _SOCKET)
        self._stream = None
        self._server: socketserver.ThreadingUnixStreamServer | None = None
        if worker:
            secrets.tell(self._send)
            return
        if descriptor:
            # No program that a test starts inherits it.
            os.set_inheritable(int(descriptor), False)
            self._stream = os.fdopen(int(descriptor), "wb", buffering=0)
            secrets.tell(self._write)
        if workers:
            self._server = self._serve()

    def _write(self, value: str) -> None:
        if self._stream is not None:
            self._stream.write(json.dumps(value).encode() + b"\n")

    def _send(self, value: str) -> None:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(self._place)
            except OSError:
                # The first process has ended: nobody writes any more.
                return
            line.sendall(json.dumps(value).encode())
            line.shutdown(socket.SHUT_WR)
            line.recv(len(_HEARD))

    def _serve(self) -> socketserver.ThreadingUnixStreamServer:
        secrets, lock = self._secrets, threading.Lock()

        class Hearing(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                value = json.loads(self.rfile.read())
                with lock:
                    secrets.add(value)
                self.wfile.write(_HEARD)

        server = socketserver.ThreadingUnixStreamServer(self._place, Hearing)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        return server

    def pytest_unconfigure(self) -> None:
        """Nothing more is learnt."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if self._stream is not None:
            self._stream.close()
            self._stream = None
