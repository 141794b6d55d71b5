"""What a server may read in a generated request although a schema is stricter, and what has no form at all."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.lenient import has_no_spelling, may_be_taken, read, says_what_it_likes
from vcsdk.copied.suite.operations import Effect, Operation

DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/items/{key}": {
            "parameters": [{"$ref": "#/components/parameters/Key"}],
            "post": {
                "parameters": [
                    {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1}},
                    {"name": "since", "in": "query", "schema": {"anyOf": [{"type": "string", "format": "date"}]}},
                    {"name": "cursor", "in": "query", "schema": {"type": ["string", "null"]}},
                    {"name": "sort", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "order", "in": "query", "schema": {"type": "string", "enum": ["up", "down"]}},
                    {"name": "Accept-Language", "in": "header", "schema": {"type": "string", "enum": ["en", "de"]}},
                    {"name": "If-Modified-Since", "in": "header", "schema": {"type": "string", "format": "date"}},
                    {"name": "Prefer", "in": "header", "schema": {"type": "string", "enum": ["return=minimal"]}},
                    {"name": "X-Level", "in": "header", "schema": {"type": "integer"}},
                    {
                        "name": "X-Point",
                        "in": "header",
                        "explode": True,
                        "schema": {"$ref": "#/components/schemas/Point"},
                    },
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}},
            },
        }
    },
    "components": {
        "parameters": {"Key": {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}},
        "schemas": {
            "Point": {"type": "object", "properties": {"x": {"type": "integer"}}},
            "Item": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "price": {"type": "number", "exclusiveMinimum": 0},
                    "active": {"type": "boolean"},
                    "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
                    "inner": {"anyOf": [{"$ref": "#/components/schemas/Item"}, {"type": "null"}]},
                    "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
                },
            },
        },
    },
}
POST = Operation("items.make", "make", "POST", "/items/{key}", (), "#/paths/~1items~1{key}/post", Effect.WRITE)
NAMED = {"name": "n"}


@pytest.fixture
def description(tmp_path: Path) -> Description:
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    return Description(tmp_path / "openapi.json")


def case(body: Any = NAMED, media_type: str | None = "application/json", **places: Any) -> SimpleNamespace:
    empty: dict[str, Any] = {"query": {"limit": 1}, "path_parameters": {"key": "k"}, "headers": {}, "cookies": {}}
    return SimpleNamespace(**{**empty, **places}, body=body, media_type=media_type)


@pytest.mark.parametrize(
    "sent",
    [
        case({**NAMED, "price": "1.5"}),
        case({**NAMED, "active": "yes"}),
        case({**NAMED, "active": 0}),
        case({**NAMED, "tags": ["a", "a"]}),
        case({**NAMED, "inner": {**NAMED, "price": "2"}}),
        case({**NAMED, "counts": {"a": "1"}}),
        case(query={"limit": "1"}),
        case(query={"limit": ["x", "2"]}),
        case(query={"limit": 1, "since": 0}),
        case(headers={"x-level": "3"}),
        case(headers={"X-Point": "x=3,y="}),
        case(path_parameters={"key": 7}),
        case(headers={"Accept-Language": "tlh"}),
        case(headers={"accept-language": "tlh"}),
        case(headers={"If-Modified-Since": "yesterday"}),
        case(headers={"Prefer": "no=such"}),
    ],
)
def test_a_text_may_be_read_for_what_it_spells(sent: Any, description: Description) -> None:
    assert may_be_taken(sent, POST, description)


@pytest.mark.parametrize(
    "sent",
    [
        case({}),
        case([]),
        case("text"),
        case({"name": 1}),
        case({**NAMED, "price": "many"}),
        case({**NAMED, "price": "-1"}),
        case({**NAMED, "active": "maybe"}),
        case({**NAMED, "active": 2}),
        case({**NAMED, "tags": "a"}),
        case({**NAMED, "inner": {}}),
        case({**NAMED, "counts": {"a": "b"}}),
        case(b"\x00"),
        case(query={}),
        case(query={"limit": 0}),
        case(query={"limit": 1, "since": "yesterday"}),
        case(headers={"X-Level": "high"}),
        case(headers={"X-Point": "x=far"}),
        case(headers={"X-Level": "high", "Accept-Language": "tlh"}),
        case(query={"limit": 0}, headers={"Prefer": "no=such"}),
    ],
)
def test_what_spells_no_value_must_be_refused(sent: Any, description: Description) -> None:
    assert not may_be_taken(sent, POST, description)


@pytest.mark.parametrize(
    "sent",
    [
        case(query={"limit": None}),
        case(query={"limit": "null"}),
        case(query={"limit": [1, None]}),
        case(cookies={"visits": None}),
        case(cookies={"visitor": "a;b"}),
        case(cookies={"visitor": "grün"}),
        case(headers={"X-Level": " 1"}),
        case(headers={"X-Level": ""}),
        case({"file": []}, "multipart/form-data"),
        case({"age": None}, "application/x-www-form-urlencoded"),
    ],
)
def test_what_has_no_form_outside_json(sent: Any) -> None:
    assert has_no_spelling(sent)


@pytest.mark.parametrize(
    "sent",
    [
        case(),
        case({"name": None}),
        case({"tags": []}),
        case(cookies={"visitor": "a-b"}),
        case(headers={"X-Level": "1"}),
        case({"age": 1}, "application/x-www-form-urlencoded"),
    ],
)
def test_what_has_one(sent: Any) -> None:
    assert not has_no_spelling(sent)


@pytest.mark.parametrize(
    ("query", "free"),
    [
        ({"cursor": "x"}, True),
        ({"sort": ["x"]}, True),
        ({"order": "up"}, False),
        ({"since": "2024-06-25"}, True),
        ({"limit": 3}, False),
    ],
)
def test_of_a_text_a_server_may_know_more(query: dict[str, Any], free: bool, description: Description) -> None:
    assert says_what_it_likes(case(query=query), POST, description) is free


def test_a_schema_that_leads_back_to_itself_is_read_to_an_end(description: Description) -> None:
    deep: dict[str, Any] = {"name": "n"}
    for _ in range(100):
        deep = {"name": "n", "inner": deep}
    assert read(deep, {"$ref": "#/components/schemas/Item"}, description, texts=False)
