"""Lists that say less of identifiers than the paths that take them, and have other things beside the members."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

TEXT = {"type": "string"}
LINK = {"type": "object", "properties": {"rel": TEXT, "href": TEXT}}
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "uuid": ({**TEXT, "format": "uuid"}, UUID),
    "integer": ({"type": "integer"}, "17"),
    "pattern": ({**TEXT, "pattern": "^r-[0-9]{4}$"}, "r-0007"),
    "any text": (TEXT, "example"),
}


def ok(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}


def description(parameter: dict[str, Any]) -> dict[str, Any]:
    report = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
    page = {
        "type": "object",
        "required": ["links", "reports"],
        "properties": {
            "links": {"type": "array", "items": LINK},
            "pageInfo": {"type": "object", "properties": {"totalCount": {"type": "integer"}}},
            "reports": {"type": "array", "items": report},
        },
    }
    named = {"name": "reportId", "in": "path", "required": True, "schema": parameter}
    read = {"operationId": "getReport", "parameters": [named], "responses": ok(report)}
    whole = {"operationId": "downloadReport", "parameters": [named], "responses": ok({"type": "object"})}
    paths = {"/reports": {"get": {"operationId": "getReports", "responses": ok(page)}}}
    paths |= {"/reports/{reportId}": {"get": read}, "/reports/{reportId}/download": {"get": whole}}
    return {"openapi": "3.0.3", "info": {"title": "Reports", "version": "1"}, "paths": paths}


@contextmanager
def server(*identifiers: str) -> Iterator[tuple[str, list[str]]]:
    """One that lists these, and refuses whatever else is asked for; gives its origin and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            parts = unquote(self.path).strip("/").split("/")
            if self.path == "/reports":
                status, told = 200, {"links": [], "reports": [{"id": each, "name": "n"} for each in identifiers]}
            elif parts[0] == "reports" and parts[1] in identifiers:
                status, told = 200, {"id": parts[1], "name": "n"}
            else:
                status, told = 400, {"title": "no"}
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}", asked
        listening.shutdown()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))

    def go(url: str) -> tuple[int, dict[str, Any]]:
        if not (tmp_path / "out").exists():
            assert main(["generate", str(tmp_path / "d.json"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
        (package,) = (tmp_path / "out").glob("*-contract")
        words = ["contract", "run", "--url", url, "--package", str(package), "-k", "lists_show"]
        status = main([*words, "--report", str(tmp_path / "report")])
        return status, json.loads((tmp_path / "report" / "results.json").read_text(encoding="utf-8"))

    return go


@pytest.mark.parametrize("named", PARAMETERS)
def test_the_simulator_lists_what_it_shows(named: str, tmp_path: Path, run: Any) -> None:
    (tmp_path / "d.json").write_text(json.dumps(description(PARAMETERS[named][0])), encoding="utf-8")
    simulator = Simulator(read_api(tmp_path / "d.json"), SimulatorOptions())
    with simulator.running() as url:
        status, found = run(url)
    assert (status, found["findings"]) == (0, [])
    assert found["counts"]["passed"] == 2
    assert simulator.log.accepted["reports.get_report"] > 0


@pytest.mark.parametrize("named", PARAMETERS)
def test_what_the_parameter_does_not_take_is_not_asked_for(named: str, tmp_path: Path, run: Any) -> None:
    schema, fitting = PARAMETERS[named]
    (tmp_path / "d.json").write_text(json.dumps(description(schema)), encoding="utf-8")
    with server("Report of May", fitting) as (url, asked):
        _, found = run(url)
    assert found["findings"] == []
    assert f"/reports/{fitting}" in asked
    assert ("/reports/Report%20of%20May" in asked) == (named == "any text")
