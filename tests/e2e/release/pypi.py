"""A real package index for tests: pypiserver with a password file, on its own port, with weak moments on request."""

from __future__ import annotations

import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pypiserver
from passlib.apache import HtpasswdFile

USER, PASSWORD = "team", "correct-horse-7f3c"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break are what some tests are about."""


class _Handler(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        return

    def get_stderr(self) -> io.StringIO:
        return io.StringIO()

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), "connection": self.connection}


@dataclass
class Pypi:
    """A running index; `folder` holds what was uploaded.  `before` sees each upload, from 1, and may break it."""

    folder: Path
    port: int = 0
    tls: ssl.SSLContext | None = None
    hashes: str | None = "sha256"
    before: Callable[[int, dict[str, Any]], None] | None = None
    around: Callable[[Callable[..., Any]], Callable[..., Any]] = lambda application: application
    uploads: int = 0
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    _server: _Server | None = None

    @property
    def simple(self) -> str:
        return f"{self.root}simple/"

    @property
    def root(self) -> str:
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}/"

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def start(self) -> None:
        passwords = self.folder.parent / "htpasswd"
        known = HtpasswdFile(str(passwords), new=True, default_scheme="apr_md5_crypt")
        known.set_password(USER, PASSWORD)
        known.save()
        bare = pypiserver.app(
            roots=[self.folder], password_file=str(passwords), disable_fallback=True, hash_algo=self.hashes
        )
        application = self.around(bare)

        def serve(environ: dict[str, Any], start_response: Any) -> Any:
            self.requests.append(
                (environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION", ""))
            )
            if environ["REQUEST_METHOD"] == "POST":
                self.uploads += 1
                if self.before is not None:
                    self.before(self.uploads, environ)
                # pypiserver keeps what came of a body that was cut; the indexes that people publish to do not.
                length = int(environ.get("CONTENT_LENGTH") or 0)
                body = environ["wsgi.input"].read(length)
                if len(body) < length:
                    start_response("400 Bad Request", [("Content-Length", "0")])
                    return []
                environ["wsgi.input"] = io.BytesIO(body)
            return application(environ, start_response)

        self._server = _Server(("127.0.0.1", self.port), _Handler)
        self._server.set_app(serve)
        self.port = self._server.server_port
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def break_off(self, environ: dict[str, Any]) -> None:
        """Go away in the middle of this request, as a machine that loses its power."""
        environ["wsgi.input"].read(1000)
        threading.Thread(target=self.stop).start()
        environ["connection"].shutdown(socket.SHUT_RDWR)
        raise SystemExit


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[Pypi]:
    folder.mkdir(parents=True, exist_ok=True)
    index = Pypi(folder, **options)
    index.start()
    try:
        yield index
    finally:
        index.stop()
