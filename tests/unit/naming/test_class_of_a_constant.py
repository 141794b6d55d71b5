"""A released class of one value that goes on at another place, where such a value has none of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import Described, read_api
from vcsdk.release.history import record

ONE = {"type": "string", "enum": ["no-store"]}
PLACES: dict[str, dict[str, Any]] = {
    "a header": {"responses": {"200": {"description": "Fine.", "headers": {"Cache-Control": {"schema": ONE}}}}},
    "a query parameter": {
        "parameters": [{"name": "caching", "in": "query", "schema": ONE}],
        "responses": {"204": {"description": "Done."}},
    },
    "a property": {
        "requestBody": {
            "content": {"application/json": {"schema": {"type": "object", "properties": {"caching": ONE}}}}
        },
        "responses": {"204": {"description": "Done."}},
    },
    "an item": {
        "responses": {
            "200": {
                "description": "Fine.",
                "content": {"application/json": {"schema": {"type": "array", "items": ONE}}},
            }
        }
    },
    "a value of a map": {
        "responses": {
            "200": {
                "description": "Fine.",
                "content": {"application/json": {"schema": {"type": "object", "additionalProperties": ONE}}},
            }
        }
    },
}


def read(folder: Path, paths: dict[str, Any], released: Described | None = None) -> Described:
    file = folder / "api.json"
    file.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": paths}))
    return read_api(file, record=record(released) if released is not None else None)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_class_of_a_whole_answer_can_be_imported_still(place: str, method: str, tmp_path: Path) -> None:
    content = {"application/json": {"schema": ONE}}
    old = read(tmp_path, {"/items": {"get": {"responses": {"200": {"description": "Fine.", "content": content}}}}})
    assert "GetItemsResponse200" in {schema.name for schema in old.api.schemas.values()}
    new = read(tmp_path, {"/items": {method: PLACES[place]}}, old)
    names = {schema.name for schema in new.api.schemas.values()}
    assert method == "post" or "GetItemsResponse200" in names
