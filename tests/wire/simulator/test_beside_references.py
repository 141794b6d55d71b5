"""What stands beside a `$ref` that is of no schema is ignored ("Reference Object"), whatever it is."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.wire.simulator.conftest import QUICK

BESIDE: dict[str, Any] = {
    "in": "header",
    "name": 7,
    "required": "yes",
    "schema": [],
    "content": 3,
    "headers": "a",
    "links": [1],
    "type": None,
    "value": {"x": 1},
}


def _described(version: str, tmp_path: Any) -> Any:
    def to(kind: str, name: str) -> dict[str, Any]:
        return {"$ref": f"#/components/{kind}/{name}", **BESIDE}

    plain = {"type": "string"}
    answer = {
        "description": "ok",
        "headers": {"X-Rate": to("headers", "Rate")},
        "content": {"application/json": {"schema": {"type": "object"}, "examples": {"one": to("examples", "One")}}},
    }
    document = {
        "openapi": version,
        "info": {"title": "Notes", "version": "1"},
        "security": [{"key": []}],
        "paths": {
            "/notes/{note}": {
                "parameters": [to("parameters", "Note")],
                "post": {
                    "operationId": "write",
                    "parameters": [to("parameters", "Limit")],
                    "requestBody": to("requestBodies", "Text"),
                    "responses": {"200": to("responses", "Written"), "401": to("responses", "Problem")},
                },
            }
        },
        "components": {
            "parameters": {
                "Note": {"name": "note", "in": "path", "required": True, "schema": plain},
                "Limit": {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}},
            },
            "requestBodies": {"Text": {"required": True, "content": {"application/json": {"schema": plain}}}},
            "headers": {"Rate": {"required": True, "schema": {"type": "integer", "minimum": 9}}},
            "examples": {"One": {"value": {"text": "hello"}}},
            "responses": {"Written": answer, "Problem": {"description": "no"}},
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}},
        },
    }
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(document))
    return read_api(path)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_stands_beside_a_reference_changes_nothing(version, tmp_path):
    with Simulator(_described(version, tmp_path), SimulatorOptions(**{**QUICK, "password": "open"})).running() as url:
        refused = httpx2.post(f"{url}/notes/a", params={"limit": 1}, json="x")
        without = httpx2.post(f"{url}/notes/a", params={"key": "open"}, json="x")
        empty = httpx2.post(f"{url}/notes/a", params={"key": "open", "limit": 1})
        done = httpx2.post(f"{url}/notes/a", params={"key": "open", "limit": 1}, json="x")

    assert (refused.status_code, without.status_code, empty.status_code) == (401, 400, 400)
    assert (done.status_code, done.json(), done.headers["x-rate"]) == (200, {"text": "hello"}, "9")
