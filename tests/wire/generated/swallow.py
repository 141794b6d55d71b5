"""A server that counts the bytes of request bodies, and one that sends as many as it is asked for, holding neither."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = bytes(65536)


@contextmanager
def swallowing() -> Iterator[tuple[str, list[int]]]:
    """Its origin, and the sizes of the bodies it got; `GET` of `/…/N` gives N bytes."""
    received: list[int] = []

    class Swallow(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            left = total = int(self.headers["content-length"])
            while left and (piece := self.rfile.read(min(left, len(PIECE)))):
                left -= len(piece)
            received.append(total - left)
            self.send_response(204)
            self.end_headers()

        def do_GET(self) -> None:
            left = int(self.path.rsplit("/", 1)[1])
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(left))
            self.end_headers()
            try:
                while left:
                    left -= self.wfile.write(PIECE[: min(left, len(PIECE))])
            except OSError:
                self.close_connection = True  # the client has had enough

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Swallow)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", received
    finally:
        server.shutdown()
        server.server_close()
