"""Specification extensions stand wherever the specification allows them, and names may be anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Thing", "version": "1", "x-a": None},
    "x-b": "get",
    "paths": {
        "x-note": "get it",
        "x-other": {"get": {"y": 1}},
        "/a?b=c": {
            "x-c": ["get"],
            "get": {
                "operationId": "a",
                "x-d": {"$ref": "#/nowhere"},
                "responses": {
                    "200": {"description": "d", "x-e": 1, "content": {"application/json": {"schema": {}, "x-f": 1}}},
                    "x-note": "fine",
                    "x-more": {"description": 5},
                },
                "callbacks": {
                    "c": {"x-g": 1, "{$url}": {"post": {"responses": {"200": {"description": "d"}, "x-h": 1}}}}
                },
            },
        },
    },
    "components": {
        "x-i": {"a": "b"},
        "schemas": {
            "discriminator": {"type": "object", "properties": {"a": {"type": "string"}, "x-j": {"type": "string"}}},
            "properties": {"type": "object", "properties": {"discriminator": {"type": "object", "properties": {}}}},
            "items": {"type": "array", "items": {"enum": ["a", "b"]}},
            "Base": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind"},
            },
            "Sub": {
                "allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"discriminator": {"enum": ["a"]}}}]
            },
            "All": {"type": "object", "properties": {"base": {"$ref": "#/components/schemas/Base"}}},
        },
    },
}


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(json.dumps(DOCUMENT))


@pytest.mark.parametrize(
    "command",
    [
        ["generate", "a.json", "-o", "out"],
        ["generate", "a.json", "-o", "out", "--partial"],
        ["lint", "a.json"],
        ["bundle", "a.json", "-o", "out.json"],
        ["bundle", "a.json", "-o", "out.json", "--view", "plain"],
        ["bundle", "a.json", "-o", "out.json", "--view", "fragment"],
        ["diff", "a.json", "a.json"],
    ],
    ids=" ".join,
)
def test_every_command_takes_it(run: Run, command: list[str]) -> None:
    result = run(*command)
    assert (result.status, result.err) == (0, "")
