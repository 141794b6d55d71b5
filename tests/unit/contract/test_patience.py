"""What is read of an answer that does not end, over real HTTP."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from vcsdk.copied.suite import patience


class _Endless(http.server.BaseHTTPRequestHandler):
    """Sends the parts that the query names again and again, until nobody listens; a part "-" is a silence."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        query = httpx2.QueryParams(self.path.partition("?")[2])
        self.send_response(int(query.get("status", "200")))
        self.send_header("Content-Type", query["type"])
        self.send_header("Connection", "close")
        self.end_headers()
        part = query.get("part", "").encode("latin-1").decode("unicode_escape").encode("latin-1")
        try:
            while not self.server.over.is_set():  # type: ignore[attr-defined]
                if not part:
                    self.server.over.wait(0.05)  # type: ignore[attr-defined]
                    continue
                self.wfile.write(part)
                self.server.over.wait(float(query.get("pause", "0")))  # type: ignore[attr-defined]
        except OSError:
            return


@pytest.fixture
def url() -> Iterator[str]:
    server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Endless)
    server.over = threading.Event()
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def read(url: str, timeout: float = 20.0, **query: str) -> bytes:
    transport = httpx2.HTTPTransport()
    waits = dict.fromkeys(("connect", "read", "write", "pool"), timeout)
    request = httpx2.Request("GET", url, params=query, extensions={"timeout": waits})
    response = transport.handle_request(request)
    patience.bound(response, request, time.monotonic() + timeout)
    try:
        return response.read()
    finally:
        response.close()
        transport.close()


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("text/event-stream", 'data: {"a": 1}\\n\\n'),
        ("text/event-stream; charset=utf-8", 'data: {"a": 1}\\r\\n\\r\\n'),
        ("application/x-ndjson", '{"a": 1}\\n'),
        ("application/jsonl", '\\n\\n{"a": 1}\\n'),
        ("application/json-seq", '\\x1e{"a": 1}\\n'),
    ],
)
def test_of_a_stream_the_first_value_is_read(kind: str, part: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "STREAM_SECONDS", 10.0)
    began = time.monotonic()

    content = read(url, type=kind, part=part, pause="0.02")

    assert b'{"a": 1}' in content
    assert time.monotonic() - began < 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text/event-stream", "application/x-ndjson"])
@pytest.mark.parametrize("part", ["", "x"], ids=["silent", "no end of a value"])
def test_a_stream_is_left_after_its_seconds(kind: str, part: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "STREAM_SECONDS", 0.3)
    began = time.monotonic()

    content = read(url, type=kind, part=part, pause="0.05")

    assert content == b"x" * len(content)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("kind", ["application/json", "application/octet-stream", "text/event-stream"])
def test_no_more_than_the_largest_is_read(kind: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LARGEST", 1 << 20)
    if kind == "text/event-stream":
        assert len(read(url, type=kind, part="x" * 4000)) <= patience.LARGEST
        return
    with pytest.raises(httpx2.ReadError, match="more than 1048576 bytes"):
        read(url, type=kind, part="x" * 4000)


def test_an_error_that_calls_itself_a_stream_has_to_end(url: str) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        read(url, timeout=0.4, type="text/event-stream", status="500", part="x", pause="0.05")


def test_what_drips_in_has_a_deadline(url: str) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        read(url, timeout=0.4, type="application/json", part=" ", pause="0.05")
