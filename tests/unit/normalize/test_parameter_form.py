"""How a parameter or a header is written is told once in the end, and whatever was left out is told with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import Described, read_api

TEXT, NUMBER = {"schema": {"type": "string"}}, {"schema": {"type": "integer"}}
CASES: list[tuple[dict[str, Any], str, str | None]] = [
    ({"content": {"application/json": TEXT, "text/plain": NUMBER}}, "has several content types", "application/json"),
    ({"content": {"text/plain": TEXT, "application/json": NUMBER}}, "has several content types", "text/plain"),
    ({"content": {}}, "with an empty `content` may be anything", None),
    ({}, "without `schema` may be anything", None),
    ({"schema": {"type": "string"}, "content": {"application/json": NUMBER}}, "the schema counts", None),
    ({"schema": {"type": "string"}, "content": {}}, "the schema counts", None),
    ({"schema": {"type": "string"}, "content": {"a/b": NUMBER, "c/d": NUMBER}}, "the schema counts", None),
]
PLACES = ("query", "header", "cookie", "path of all", "component", "header of an answer", "component's header")


def read(folder: Path, form: dict[str, Any], where: str) -> Described:
    parameter: dict[str, Any] = {"name": "p", "in": where if where in ("header", "cookie") else "query", **form}
    operation: dict[str, Any] = {"operationId": "get", "responses": {"200": {"description": "It."}}}
    item: dict[str, Any] = {"get": operation}
    components: dict[str, Any] = {}
    if where == "path of all":
        item["parameters"] = [parameter]
    elif where == "component":
        components = {"parameters": {"P": parameter}}
        operation["parameters"] = [{"$ref": "#/components/parameters/P"}]
    elif where == "header of an answer":
        operation["responses"]["200"]["headers"] = {"P": form}
    elif where == "component's header":
        components = {"headers": {"P": form}}
        operation["responses"]["200"]["headers"] = {"P": {"$ref": "#/components/headers/P"}}
    else:
        operation["parameters"] = [parameter]
    document = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/a": item}}
    (folder / "t.json").write_text(json.dumps({**document, "components": components}, indent=1))
    return read_api(folder / "t.json")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(("form", "told", "content_type"), CASES, ids=str)
def test_what_is_left_out_is_told(
    form: dict[str, Any], told: str, content_type: str | None, where: str, tmp_path: Path
) -> None:
    described = read(tmp_path, form, where)
    repairs = [repair for repair in described.repairs if repair.rule == "parameter-without-form"]
    (place,) = [place for repair in repairs for place in repair.places]
    assert told in place.message
    assert described.document.locate(place.origin).line > 1
    if "of an answer" not in where and "'s" not in where:
        (found,) = described.api.operations[0].parameters
        assert found.content_type == content_type


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("form", [TEXT, {"content": {"application/json": TEXT}}], ids=str)
def test_what_is_right_is_left(form: dict[str, Any], where: str, tmp_path: Path) -> None:
    assert not read(tmp_path, form, where).repairs
