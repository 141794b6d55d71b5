"""Specification extensions stand wherever the specification allows them, and names may be anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

pytestmark = pytest.mark.slow

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


HOSTILE: list[Any] = [
    {"$ref": ""},
    {"$ref": 5},
    {"$ref": "#/nowhere"},
    {"$ref": "missing.yaml#/a"},
    {"get": {"responses": {}}},
    {"post": {"operationId": "a", "security": [{"nobody": []}], "responses": {"200": {"$ref": "#/nowhere"}}}},
    {"description": "d", "content": {"application/json": {"schema": {"type": "nonsense"}}}},
    {"servers": [{"url": "{nothing}"}]},
    [{"$ref": "#/x"}],
    "",
    None,
    5,
]
_NAMES = frozenset(("components", "schemas", "properties", "content", "callbacks", "headers", "mapping", "variables"))


def _extended(node: Any, value: Any, key: str = "") -> Any:
    """The same with an extension in every object that may have one, and in no map of names."""
    if isinstance(node, list):
        return [_extended(each, value) for each in node]
    if not isinstance(node, dict):
        return node
    below = {name: each if name.startswith("x-") else _extended(each, value, name) for name, each in node.items()}
    return below if key in _NAMES or "$ref" in node else {**below, "x-hostile": value, "x-more/~": value}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("value", HOSTILE, ids=json.dumps)
def test_what_an_extension_holds_is_nothing_to_us(run: Run, value: Any, version: str) -> None:
    document = {**DOCUMENT, "openapi": version}
    Path("a.json").write_text(json.dumps(document))
    Path("b.json").write_text(json.dumps(_extended(document, value)))
    lines = [run("lint", file, "--no-config").out.count("\n") for file in ("a.json", "b.json")]
    assert lines[0] == lines[1]
    for command in (
        ["bundle", "b.json", "-o", "out.json"],
        ["diff", "a.json", "b.json"],
        ["generate", "b.json", "-o", "out"],
    ):
        result = run(*command, "--no-config")
        assert (result.status, result.err) == (0, ""), command
    assert json.loads(Path("out.json").read_text())["paths"]["x-hostile"] == value


def test_names_that_look_like_extensions_are_names(run: Run) -> None:
    failure = {"description": "It failed.", "content": {"application/json": {"schema": {"$ref": "#/nowhere"}}}}
    answers = {"204": {"description": "Done."}, "400": {"$ref": "#/components/responses/x-failure"}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": answers}}},
        "webhooks": {"x-event": {"post": {"requestBody": {"$ref": "#/elsewhere"}, "responses": answers}}},
        "components": {"responses": {"x-failure": failure}},
    }
    Path("a.json").write_text(json.dumps(document))
    result = run("lint", "a.json", "--no-config")
    assert result.status == 2
    assert "#/nowhere" in result.err
    assert "#/elsewhere" in result.err
