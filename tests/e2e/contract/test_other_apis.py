"""The suite of an API that is not vCenter's, against a server of it: nothing is found where nothing is wrong."""

from __future__ import annotations

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
