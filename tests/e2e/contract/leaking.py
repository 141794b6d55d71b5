"""A server that repeats all credentials it was ever given, in every part of an answer, and how to look for them."""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

FACTS = ("product", "version", "build", "mode", "health_state", "status", "error_type", "service", "operation")


class Leaking(ThreadingHTTPServer):
    """`known` are the credentials: passwords, and every token it has issued.

    An answer that brings a token takes `slow` seconds: meanwhile others show it.
    """

    daemon_threads = True

    def __init__(self, slow: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.known: dict[str, None] = {}
        self.requests = 0
        self.slow = slow

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @contextlib.contextmanager
    def running(self) -> Iterator[Leaking]:
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Leaking
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        self.server.requests += 1
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self._learn()
        if self.path == "/api/session" and self.command == "POST":
            token = secrets.token_urlsafe(24)
            self.server.known[token] = None
            time.sleep(self.server.slow)
            self._send(201, json.dumps(token).encode())
        else:
            # What the preflight asks for tells it something.
            usual = self.path.endswith(("/version", "=get", "/mode"))
            self._send(200 if usual else (200, 400, 500, 401)[self.server.requests % 4], self._leak())

    def _learn(self) -> None:
        given = self.headers.get("authorization", "")
        if given.startswith("Basic "):
            self.server.known[given.removeprefix("Basic ")] = None
            self.server.known[base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")[2]] = None

    def __getattr__(self, name: str) -> Callable[[], None]:
        # One `do_…` a method, whichever comes.
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _leak(self) -> bytes:
        known = [*self.server.known]
        # The cuts fall into a secret, wherever they are.
        cut = "".join(known) * 60
        spelled = [text for secret in known for text in forms(secret)]
        fields = {name: f"{name} {known[n % len(known)]}" if known else name for n, name in enumerate(FACTS)}
        leak = {**fields, "messages": [{"default_message": cut, "args": known}], known[-1] if known else "key": spelled}
        return json.dumps(leak).encode()

    def _send(self, status: int, body: bytes) -> None:
        known = [*self.server.known][-5:]
        plain = [secret for secret in known if secret.isprintable() and secret.isascii()]
        self.send_response(status, " ".join(plain))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for number, secret in enumerate(plain):
            self.send_header(f"X-Leak-{number}", f"before {secret} behind")
            self.send_header(f"X-{base64.urlsafe_b64encode(secret.encode()).decode().rstrip('=')}", "name")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def forms(secret: str) -> set[str]:
    """How a secret may be spelled; made here, and not by what is tested."""
    content = secret.encode()
    found = {secret, json.dumps(secret)[1:-1], quote(secret, safe=""), quote(secret), content.hex()}
    found |= {content.hex().upper(), "".join(f"%{byte:02x}" for byte in content)}
    for before in (b"", b"x", b"xy"):
        padded = (before + content + b"z" * (-len(before + content) % 3)) if before else content
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found.add(encode(padded).decode())
    return found


def shown(text: str, secret: str) -> list[str]:
    """The forms of a secret that stand in a text, whole or as parts of eight characters."""
    parts = {secret[at : at + 8] for at in range(max(len(secret) - 7, 1))}
    content = secret.encode()
    derived = {content.hex(), content.hex().upper(), "".join(f"%{byte:02x}" for byte in content)}
    for offset in range(3):
        # What depends on the neighbours, at the edges, is not looked for.
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(b"\0" * offset + content).decode().rstrip("=")
            derived.add(whole[4 if offset else 0 : -1])
    return [form for form in parts | derived | {quote(secret, safe="")} if form in text]
