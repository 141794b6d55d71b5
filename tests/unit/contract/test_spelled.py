"""Values that a contract test puts into an address: as the parameter's style and content type write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.contract.identifiers import filled, is_one_of_few, unknown
from vcsdk.emitters.contract.requests import needed_in_query
from vcsdk.ir import Api
from vcsdk.pipeline import read_api

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def api_of(folder: Path, path: str, *parameters: dict[str, Any]) -> Api:
    node = {"parameters": [{"required": True, **p} for p in parameters], "responses": {"204": {"description": "Done."}}}
    document = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {path: {"get": node}}}
    (folder / "description.json").write_text(json.dumps(document))
    return read_api([folder / "description.json"]).api


def as_json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"schema": TEXT}, "no-such-id"),
        ({"schema": TEXT, "style": "label"}, ".no-such-id"),
        ({"schema": TEXT, "style": "matrix"}, ";id=no-such-id"),
        ({"schema": NUMBER, "style": "label"}, ".2146724823"),
        (as_json(TEXT), "%22no-such-id%22"),
        (as_json(NUMBER), "2146724823"),
        (as_json({"type": "string", "enum": ["a", "b"]}), "%22a%22"),
        ({"content": {"text/plain": {"schema": TEXT}}}, "no-such-id"),
    ],
    ids=str,
)
def test_in_a_path(said: dict[str, Any], written: str, tmp_path: Path) -> None:
    api = api_of(tmp_path, "/a/{id}/b", {"name": "id", "in": "path", **said})
    assert filled(api.operations[0], api.schemas) == f"/a/{written}/b"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"schema": {"type": "string", "enum": ["a", "b"]}}, "a"),
        (as_json({"type": "string", "enum": ["a", "b"]}), '"a"'),
        (as_json({"type": "array", "items": {"type": "integer", "minimum": 3}, "minItems": 1}), "[3]"),
        (as_json({"type": "boolean"}), "true"),
    ],
    ids=str,
)
def test_in_a_query(said: dict[str, Any], written: str, tmp_path: Path) -> None:
    api = api_of(tmp_path, "/a", {"name": "q", "in": "query", **said})
    assert needed_in_query(api, api.operations[0]) == {"q": written}


WELL_KNOWN = (
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "123e4567-e89b-12d3-a456-426614174000",
    "550e8400-e29b-41d4-a716-446655440000",
    "2147483647",
)


@pytest.mark.parametrize(
    "schema", [{"type": "string", "format": "uuid"}, NUMBER, {"type": "integer", "maximum": 2**31 - 1}]
)
@pytest.mark.parametrize("made", [False, True])
def test_what_is_made_up_is_no_well_known_example(schema: dict[str, Any], made: bool, tmp_path: Path) -> None:
    api = api_of(tmp_path, "/a/{id}", {"name": "id", "in": "path", "schema": schema})
    (read,) = api.operations
    assert unknown(read.parameters[0], api.schemas, made) not in WELL_KNOWN


@pytest.mark.parametrize(
    ("schema", "few"),
    [
        ({"type": "string", "enum": ["a", "b"]}, True),
        ({"type": "boolean"}, True),
        ({"type": "integer", "minimum": 1, "maximum": 12}, True),
        ({"type": "integer", "maximum": 4_000_000}, False),
        (NUMBER, False),
        (TEXT, False),
        ({"type": "string", "format": "uuid"}, False),
    ],
    ids=str,
)
def test_one_of_few_values_may_be_known(schema: dict[str, Any], few: bool, tmp_path: Path) -> None:
    api = api_of(tmp_path, "/a/{id}", {"name": "id", "in": "path", "schema": schema})
    (parameter,) = api.operations[0].parameters
    assert is_one_of_few(parameter, api.schemas) is few
