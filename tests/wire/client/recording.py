"""A real HTTP server that keeps every request as it came and answers what it was told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "b00db39f948d13ea1e59b4d6fce56389"


@dataclass(frozen=True)
class Recorded:
    """One request: request target as it stood on the wire, header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Recorder:
    """`answers` maps "METHOD target" to status and JSON value; None as value is an empty body."""

    origin: str = ""
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    requests: list[Recorded] = field(default_factory=list)

    @property
    def calls(self) -> list[Recorded]:
        """The requests besides logging in and out."""
        return [r for r in self.requests if not (r.target == "/api/session" and r.method in ("POST", "DELETE"))]


def _handler(recorder: Recorder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.requests.append(Recorded(self.command, self.path, headers, body))
            status, value = recorder.answers.get(f"{self.command} {self.path}", (404, {"messages": []}))
            content = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            if content:
                self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _answer  # noqa: N815  http.server's names

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def recording() -> Iterator[Recorder]:
    """A server on a free port of this machine; sessions can be made and deleted."""
    recorder = Recorder()
    recorder.answers["POST /api/session"] = (201, TOKEN)
    recorder.answers["DELETE /api/session"] = (204, None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(recorder))
    server.daemon_threads = True
    recorder.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        server.server_close()
