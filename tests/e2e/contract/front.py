"""A server in front of a simulator, over real sockets: with TLS, slow, limiting, dying, or a proxy."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HOP = frozenset(
    {"connection", "transfer-encoding", "content-length", "keep-alive", "proxy-connection", "date", "server"}
)


@dataclass
class Front:
    """Relays to `behind`.  `seen` are the requests' first lines as they came in.

    `delay` is seconds before each answer, `drip` seconds between the bytes of a body.  Every `limit`-th request is
    answered 429 with `retry_after`.  After `dies_after` requests the socket is closed and nothing answers any more.
    `strip` is a prefix of the path that the server behind does not know.  `renamed` is a text of errors, and what
    stands in its place in what this answers.
    """

    behind: str
    delay: float = 0.0
    drip: float = 0.0
    limit: int = 0
    retry_after: str | None = "1"
    dies_after: int = 0
    strip: str = ""
    renamed: tuple[bytes, bytes] = (b"", b"")
    tls: ssl.SSLContext | None = None
    seen: list[str] = field(default_factory=list)
    limited: int = 0

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve in a thread; gives the origin."""
        server = _Server(("127.0.0.1", 0), _handler(self))
        if self.tls is not None:
            server.socket = self.tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            host = "localhost" if self.tls is not None else "127.0.0.1"
            yield f"http{'s' if self.tls is not None else ''}://{host}:{server.server_address[1]}"
        finally:
            server.die()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.open: set[socket.socket] = set()
        self.dead = False

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def handle_error(self, *_: object) -> None:
        """Clients that leave are none of the test's business."""

    def die(self) -> None:
        if self.dead:
            return
        self.dead = True
        self.shutdown()
        self.server_close()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()


def _handler(front: Front) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def relay(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                front.seen.append(self.requestline)
                number = len(front.seen)
            if front.dies_after and number > front.dies_after:
                threading.Thread(target=self.server.die).start()  # type: ignore[attr-defined]
                self.close_connection = True
                return
            time.sleep(front.delay)
            if front.limit and number % front.limit == 0:
                front.limited += 1
                hint = {"Retry-After": front.retry_after} if front.retry_after is not None else {}
                self.answer(429, {"Content-Type": "application/json", **hint}, b'{"messages": []}')
                return
            parts = urlsplit(self.path)
            target = urlsplit(front.behind)
            assert target.hostname is not None
            upstream = http.client.HTTPConnection(target.hostname, target.port)
            path = parts.path.removeprefix(front.strip) + (f"?{parts.query}" if parts.query else "")
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            upstream.request(self.command, path, body or None, headers)
            response = upstream.getresponse()
            kept = {name: value for name, value in response.getheaders() if name.lower() not in _HOP}
            content = response.read()
            if response.status >= 400 and front.renamed[0]:
                content = content.replace(*front.renamed)
            self.answer(response.status, kept, content)
            upstream.close()

        def answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command == "HEAD":
                return
            if not front.drip:
                self.wfile.write(content)
            for byte in content if front.drip else b"":
                self.wfile.write(bytes([byte]))
                time.sleep(front.drip)

        def do_CONNECT(self) -> None:
            front.seen.append(self.requestline)
            host, _, port = self.path.partition(":")
            with socket.create_connection((host, int(port))) as upstream:
                self.send_response_only(200)
                self.end_headers()
                self.wfile.flush()
                back = threading.Thread(target=_pump, args=(upstream, self.connection), daemon=True)
                back.start()
                _pump(self.connection, upstream)
                back.join()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        setattr(Handler, f"do_{method}", Handler.relay)
    return Handler


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
        sink.shutdown(socket.SHUT_WR)


def private_authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The certificate file of an authority that nobody knows, and a server's context with one that it signed."""
    (folder / "leaf.cnf").write_text("subjectAltName = DNS:localhost\n", encoding="utf-8")
    sign = ["openssl", "x509", "-req", "-days", "2", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
    new = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for command in (
        [*new, "-x509", "-days", "2", "-subj", "/CN=Private", "-keyout", "ca.key", "-out", "ca.pem"],
        [*new, "-subj", "/CN=localhost", "-keyout", "leaf.key", "-out", "leaf.csr"],
        [*sign, "-in", "leaf.csr", "-out", "leaf.pem", "-extfile", "leaf.cnf"],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "leaf.pem", folder / "leaf.key")
    return folder / "ca.pem", context
