"""Where a client may take or give anything: told where the description says more, and only there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.untyped import untyped
from vcsdk.pipeline import read_api

TEXT = {"type": "string"}
CLASH = {"allOf": [{"type": "string"}, {"type": "integer"}]}


def places(tmp_path: Path, document: dict[str, Any], version: str = "3.0.3") -> list[tuple[str, str]]:
    path = tmp_path / "input.json"
    path.write_text(json.dumps({"openapi": version, "info": {"title": "T", "version": "1"}, "paths": {}, **document}))
    return [(found.kind, found.name) for found in untyped(read_api(path))]


def with_schemas(**schemas: Any) -> dict[str, Any]:
    return {"components": {"schemas": schemas}}


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"description": "anything", "nullable": True, "example": 1},
        {"type": "object"},
        {"type": "object", "additionalProperties": True},
        {"type": "array", "items": {}},
        {"allOf": [{}, {"description": "still anything"}]},
        {"anyOf": [{"type": "string"}, {}]},
        {"$ref": "#/components/schemas/Anything"},
        {"allOf": [{"$ref": "#/components/schemas/Self"}]},
        {"not": {"type": "string"}},
        {"x-vendor": 1},
        TEXT,
        {"oneOf": [TEXT, {"type": "integer"}]},
    ],
)
def test_what_the_description_leaves_open_is_not_told(tmp_path: Path, schema: dict[str, Any]) -> None:
    inside = {"type": "object", "properties": {"a": schema, "b": {"type": "array", "items": schema}}}
    others = {"Anything": {}, "Self": {"allOf": [{"$ref": "#/components/schemas/Self"}]}}
    assert places(tmp_path, with_schemas(S=schema, Holder=inside, **others)) == []


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (CLASH, [("schema", "S")]),
        ({"type": "object", "properties": {"a": CLASH}}, [("field", "S.a")]),
        ({"type": "object", "properties": {"a": {"type": "array", "items": CLASH}}}, [("field", "S.a")]),
        (
            {"type": "object", "properties": {"a": {"type": "object", "additionalProperties": CLASH}}},
            [("field", "S.a")],
        ),
        ({"type": "array", "items": CLASH}, [("schema", "S")]),
        ({"const": {"a": 1}}, [("schema", "S")]),
    ],
)
def test_what_says_more_is_told(tmp_path: Path, schema: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert places(tmp_path, with_schemas(S=schema), "3.1.0") == expected


def test_of_operations_each_place_is_told(tmp_path: Path) -> None:
    content = {"application/json": {"schema": CLASH}}
    operation = {
        "operationId": "x",
        "parameters": [{"name": "p", "in": "query", "schema": CLASH}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}, "400": {"description": ""}},
    }
    assert places(tmp_path, {"paths": {"/a": {"post": operation}}}) == [
        ("parameter", "POST /a: p"),
        ("body", "POST /a: application/json"),
        ("answer", "200 of POST /a: application/json"),
    ]
