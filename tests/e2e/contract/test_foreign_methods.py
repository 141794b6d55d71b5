"""Methods that a path does not have: a server may say 404 or 405, but one path says one of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api

ANSWER = '{"200": {description: ok, content: {application/json: {schema: {type: string}}}}}'
# Of the foreign methods of each path that are tried: several, one beside GET, one alone, none.
METHODS = {
    "/few": ("get",),
    "/posted": ("post", "put", "delete"),
    "/many": ("get", "put", "patch", "delete"),  # POST has none beside it
    "/all": ("get", "put", "patch", "delete", "post"),
}
DESCRIPTION = "\n".join(
    (
        "openapi: 3.0.3",
        'info: {title: Shelf, version: "1"}',
        "paths:",
        *(
            f"  {path}: {{{', '.join(f'{m}: {{operationId: {m}{path[1:]}, responses: {ANSWER}}}' for m in methods)}}}"
            for path, methods in METHODS.items()
        ),
    )
)


class Shelf(BaseHTTPRequestHandler):
    """Answers what is described, and other methods with 404, but for some with 405."""

    gone: frozenset[str]
    asked: list[str]
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.asked.append(self.command)
        methods = [each.upper() for each in METHODS.get(urlsplit(self.path).path, ())]
        reads = ("GET" in methods and self.command == "HEAD") or self.command == "OPTIONS"
        status = 200 if self.command in methods or reads else 404
        if methods and status == 404 and self.command not in self.gone:
            status = 405
        content = b'"it"' if status == 200 else b'{"detail": "no"}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if methods and (status == 405 or self.command == "OPTIONS"):
            self.send_header("Allow", ", ".join(methods))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):
            return self._any
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The suite's folder, and the words that allow every operation."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "shelf.yaml").write_text(DESCRIPTION, encoding="utf-8")
    assert main(["generate", str(folder / "shelf.yaml"), "-o", str(folder / "out"), "--quiet"]) == 0
    operations = read_api(folder / "shelf.yaml").api.operations
    return folder / "out" / "shelf-contract", [w for o in operations for w in ("--allow", o.python_path)]


EVERY = frozenset({"GET", "PUT", "PATCH", "DELETE", "POST", "TRACE"})


@pytest.fixture
def shelf(request: pytest.FixtureRequest) -> Iterator[tuple[str, type[Shelf]]]:
    handler = type("Handler", (Shelf,), {"gone": request.param, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
        server.shutdown()


@pytest.mark.parametrize(
    ("shelf", "found"),
    [
        (EVERY, set()),
        (frozenset(), set()),
        (frozenset({"TRACE"}), set()),
        (frozenset({"GET"}), set()),  # what is there to be read is another question
        (frozenset({"PATCH"}), {"PATCH is answered 404, as if the path were not there"}),
    ],
    indirect=["shelf"],
    ids=["404", "405", "405 but for TRACE", "405 but for GET", "405 but for PATCH"],
)
@pytest.mark.parametrize("level", ["read", "destructive"])
def test_one_path_says_one_thing(
    level: str, shelf: tuple[str, type[Shelf]], found: set[str], package: tuple[Path, list[str]], tmp_path: Path
) -> None:
    url, handler = shelf
    words = ["contract", "run", "--url", url, "--package", str(package[0]), "--report", str(tmp_path / "report")]
    named = package[1] if level == "destructive" else []
    found = found if named else set()  # what only reads tries GET alone
    status = main([*words, *named, "--level", level, "--timeout", "10", "-k", "method"])
    results = json.loads((tmp_path / "report" / "results.json").read_text())
    told = [finding["message"] for finding in results["findings"]]
    assert {message.partition(",")[0] for message in told} == {each.partition(",")[0] for each in found}, told
    assert status == (1 if found else 0)
    assert set(handler.asked) <= {*EVERY, "HEAD", "OPTIONS"}
    assert {"PATCH", "POST"} <= {*handler.asked} if named else handler.asked
