"""The suite of an API that is not vCenter's, against a server of it: nothing is found where nothing is wrong."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Shelf, version: "1"}
servers: [{url: "https://shelf.example/api"}]
paths:
  /books:
    get:
      operationId: list_books
      parameters:
        - {name: kind, in: query, required: true, schema: {type: string, enum: [NOVEL, ATLAS]}}
        - {name: shelf, in: query, required: true, schema: {type: array, items: {type: integer}}}
        - {name: signed, in: query, schema: {type: boolean}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
  /books/find?action=find:
    post:
      operationId: find
      parameters:
        - {name: limit, in: query, required: true, example: 7, schema: {type: integer, minimum: 5}}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string}}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which its packages were generated."""
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "shelf.yaml").write_text(DESCRIPTION, encoding="utf-8")
    assert main(["generate", str(tmp_path / "shelf.yaml"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    return tmp_path


def test_parameters_that_a_request_must_have_are_sent(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = Simulator(read_api(shelf / "shelf.yaml"), SimulatorOptions())

    with server.running() as url:
        words = ["contract", "run", "--url", url, "--package", str(shelf / "out" / "shelf-contract")]
        status = main([*words, "--level", "write", "--fuzz-examples", "10", "--allow", "books.find", "--timeout", "10"])

    told = capsys.readouterr().out
    assert status == 0, told
    assert server.log.accepted["books.list_books"] > 3
    assert server.log.accepted["books.find"] > 0
    assert "holds" in told


def test_an_action_in_the_path_is_the_method(shelf: Path) -> None:
    names = {operation.python_path for operation in read_api(shelf / "shelf.yaml").api.operations}

    assert names == {"books.list_books", "books.find"}


STREAMS = """\
openapi: 3.1.0
info: {title: Shelf, version: "1"}
paths:
  /lines:
    get:
      operationId: lines
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/x-ndjson: {schema: {$ref: "#/components/schemas/A"}}}}}
  /sequence:
    get:
      operationId: seq
      responses:
        "200": {description: ok, content: {application/json-seq: {itemSchema: {$ref: "#/components/schemas/A"}}}}
  /events:
    get:
      operationId: events
      responses:
        "200":
          description: ok
          content:
            text/event-stream:
              itemSchema:
                type: object
                properties:
                  data:
                    {type: string, contentMediaType: application/json, contentSchema: {$ref: "#/components/schemas/A"}}
  /texts:
    get:
      operationId: texts
      responses: {"200": {description: ok, content: {text/event-stream: {schema: {type: string}}}}}
  /moved/{id}:
    get:
      operationId: moved
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"302": {description: there, headers: {Location: {schema: {type: string, format: uri}}}}}
  /file:
    post:
      operationId: file
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, n]
              properties:
                file: {type: string, contentMediaType: image/png}
                n: {type: integer}
                tags: {type: array, items: {type: string}}
      responses: {"204": {description: ok}, "400": {description: bad}}
components: {schemas: {A: {type: object, required: [a], properties: {a: {type: integer}}}}}
"""


@pytest.fixture
def streams(shelf: Path) -> Path:
    (shelf / "streams.yaml").write_text(STREAMS, encoding="utf-8")
    assert main(["generate", str(shelf / "streams.yaml"), "-o", str(shelf / "streams"), "--quiet"]) == 0
    return shelf


def _run(folder: Path, url: str) -> int:
    words = ["contract", "run", "--url", url, "--package", str(folder / "streams" / "shelf-contract")]
    return main([*words, "--level", "write", "--fuzz-examples", "10", "--allow", "file.file", "--timeout", "2"])


def test_streams_redirects_and_forms_hold(streams: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = Simulator(read_api(streams / "streams.yaml"), SimulatorOptions())
    with server.running() as url:
        status = _run(streams, url)
    told = capsys.readouterr().out
    assert status == 0, told
    assert all(server.log.accepted[name] for name in ("lines.lines", "events.events", "texts.texts", "file.file"))


def test_a_stream_that_never_ends_is_no_fault_and_a_wrong_value_is(
    streams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with endless({"/events": b'data: {"a": 1}\n\n', "/texts": b": quiet\n", "/lines": b'{"a": "x"}\n'}) as url:
        assert _run(streams, url) == 1
    told = capsys.readouterr().out
    findings = told.partition("Findings")[2].partition("Not tested")[0]
    assert "value of the stream departs from its schema" in findings
    assert "events" not in findings
    assert "texts" not in findings


@contextlib.contextmanager
def endless(bodies: dict[str, bytes]) -> Iterator[str]:
    """A server whose events stay open; lines end, all else is as the description says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            kinds = {"/lines": "application/x-ndjson", "/sequence": "application/json-seq"}
            if path.startswith("/moved"):
                self.send_response(302)
                self.send_header("Location", "/")
                self.end_headers()
                return
            self.send_response(200 if path in bodies or path in kinds else 404)
            self.send_header("Content-Type", kinds.get(path, "text/event-stream" if path in bodies else "text/plain"))
            self.end_headers()
            self.wfile.write(bodies.get(path, b""))
            self.wfile.flush()
            if path in ("/events", "/texts"):
                stop.wait(20)

    stop = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()


GUARDED = """\
openapi: 3.0.3
info: {{title: Shelf, version: "1"}}
security: {security}
paths:
  /books:
    get:
      operationId: list_books
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{type: array, items: {{type: string}}}}}}}}}}
        "401": {{description: Who are you?}}
components:
  securitySchemes:
    spare: {{type: apiKey, in: header, name: X-Spare}}
    user: {{type: http, scheme: basic}}
    oauth: {{type: oauth2, flows: {{}}}}
    sid: {{type: apiKey, in: cookie, name: sid}}
    key: {{type: apiKey, in: header, name: X-Key}}
"""


@pytest.mark.parametrize("security", ["[{oauth: [read]}]", "[{sid: []}]", "[{user: [], key: []}]"])
def test_a_key_is_sent_as_operations_ask_for_it(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SHELF_KEY", "k-1234567")
    options = SimulatorOptions(password="a-p4ssw0rd")
    monkeypatch.setenv("SHELF_PASSWORD", options.password)
    (tmp_path / "shelf.yaml").write_text(GUARDED.format(security=security), encoding="utf-8")
    assert main(["generate", str(tmp_path / "shelf.yaml"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    server = Simulator(read_api(tmp_path / "shelf.yaml"), options)

    with server.running() as url:
        words = ["contract", "run", "--url", url, "--package", str(tmp_path / "out" / "shelf-contract")]
        words += ["--token-env", "SHELF_KEY", "--fuzz-examples", "5", "--timeout", "10"]
        words += ["--username", options.username, "--password-env", "SHELF_PASSWORD"] if "user" in security else []
        status = main(words)

    told = capsys.readouterr().out
    assert status == 0, told
    assert server.log.accepted["books.list_books"] > 3
    assert not {"k-1234567", options.password} & set(told.split())
