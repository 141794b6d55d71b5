"""A run that only reads writes nothing, also on a server that takes every POST of a path for the one that writes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from vcsdk.cli.main import main

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Shelf, version: "1"}
servers: [{url: "https://shelf.example/api"}]
paths:
  /books:
    post:
      operationId: create
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}
  /books?op=find:
    post:
      operationId: find
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {title: {type: string}, pages: {type: integer}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        "400": {description: bad}
  /lamps:
    post:
      operationId: light
      responses: {"204": {description: ok}}
  /lamps?op=list:
    post:
      operationId: list
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
components:
  schemas:
    Book: {type: object, required: [title], properties: {title: {type: string}}}
"""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no_number(_: str) -> None:
    raise ValueError


def _is_search(value: Any) -> bool:
    kinds = {"title": str, "pages": int}
    return isinstance(value, dict) and all(type(value[name]) is kind for name, kind in kinds.items() if name in value)


class Shelf(BaseHTTPRequestHandler):
    """Heeds `op`, or ignores it."""

    heeds = True
    written: list[str]
    read: list[str]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(*self._do(address.path, parse_qs(address.query).get("op", [""])[0] if self.heeds else "", body))

    def _do(self, path: str, op: str, body: bytes) -> tuple[int, Any]:
        try:
            value = json.loads(body or b"{}", object_pairs_hook=_once, parse_constant=_no_number)
        except ValueError:
            value = None
        if self.headers.get("content-type", "application/json").partition(";")[0].lower() != "application/json":
            return 415, {"message": "no JSON"}
        if (path, op) in (("/api/books", "find"), ("/api/lamps", "list")):
            self.read.append(path)
            return (200, []) if _is_search(value) else (400, {"message": "no search"})
        if op or path not in ("/api/books", "/api/lamps"):
            return 404, {"message": "no such operation"}
        if path == "/api/books" and not isinstance(value, dict):
            return 400, {"message": "no object"}
        # Lenient: a missing title is made up.
        self.written.append(path)
        return 200, "made"

    def _answer(self, status: int, value: Any) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(404, {"message": "not here"})

    def __getattr__(self, name: str) -> Any:
        # Whatever the other methods are, there is nothing.
        if name.startswith("do_"):
            return self.do_GET
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "shelf.yaml").write_text(DESCRIPTION, encoding="utf-8")
    assert main(["generate", str(folder / "shelf.yaml"), "-o", str(folder / "out"), "--quiet"]) == 0
    return folder / "out" / "shelf-contract"


@pytest.fixture(params=[True, False], ids=["heeds", "ignores"])
def shelf(request: pytest.FixtureRequest) -> Iterator[tuple[str, type[Shelf]]]:
    handler = type("Handler", (Shelf,), {"heeds": request.param, "written": [], "read": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
        server.shutdown()


def test_nothing_is_written_and_what_was_not_asked_is_said(
    shelf: tuple[str, type[Shelf]], package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, handler = shelf

    words = ["contract", "run", "--url", url, "--package", str(package), "--report", str(tmp_path / "report")]
    status = main([*words, "--level", "read", "--timeout", "10"])

    results = json.loads((tmp_path / "report" / "results.json").read_text())
    reasons = {row["operation"]: row["reason"] for row in results["not_exercised"] if not row["answer"]}
    assert handler.written == [], capsys.readouterr().out
    assert status == 0, [finding["message"] for finding in results["findings"]]
    assert reasons["lamps.list"] == (
        "never called: not sent: a server that ignores the query would carry out lamps.light, "
        "and no body is wrong for it"
    )
    if handler.heeds:
        assert set(handler.read) == {"/api/books"}
        assert results["operations"]["books.find"]["accepted"] > 3
    else:
        assert handler.read == []
        assert reasons["books.find"] == (
            "never called: not sent: the target may ignore the query and carry out books.create; "
            "`?op=no-such-op` with a wrong body was answered 400, as the right query with it was"
        )
