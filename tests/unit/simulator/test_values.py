"""Generated values are valid, whatever the schema."""

from __future__ import annotations

import base64
import re

import jsonschema_rs
import pytest
from vcsdk.copied.suite.effort import Effort
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir.patterns import sample

COMPONENTS = {
    "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}},
    "Tree": {
        "type": "object",
        "required": ["children"],
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    },
    "Endless": {"type": "object", "required": ["e"], "properties": {"e": {"$ref": "#/components/schemas/Endless"}}},
    "Pet": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat"}},
    },
    "Cat": {
        "allOf": [
            {"$ref": "#/components/schemas/Pet"},
            {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer", "minimum": 9}}},
        ]
    },
    "Left": {"type": "object", "properties": {"t": {"type": "string"}, "a": {"type": "string"}}},
    "Right": {"type": "object", "properties": {"t": {"type": "string"}, "b": {"type": "string"}}},
    "Either": {
        "oneOf": [{"$ref": "#/components/schemas/Left"}, {"$ref": "#/components/schemas/Right"}],
        "discriminator": {"propertyName": "t"},
    },
}


def values(version: str = "3.0.3") -> tuple[Schemas, Values]:
    schemas = Schemas({"openapi": version, "paths": {}, "components": {"schemas": COMPONENTS}})
    return schemas, Values(schemas)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 40},
        {"type": "string", "maxLength": 2},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "ipv6"},
        {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}$"},
        {"type": "string", "pattern": r"^(https?://[^\s]+)$"},
        {"type": "string", "pattern": "^[^<>]*$", "minLength": 5},
        {"type": "string", "enum": ["b", "a"], "nullable": True},
        {"type": "integer", "minimum": 5, "maximum": 6},
        {"type": "integer", "minimum": 5, "exclusiveMinimum": True},
        {"type": "integer", "multipleOf": 7, "minimum": 50},
        {"type": "number", "minimum": 0.1, "maximum": 0.2},
        {"type": "number", "maximum": -3, "exclusiveMaximum": True},
        {"type": "array", "items": {"type": "string"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "items": {"type": "string"}, "maxItems": 0},
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
        {"type": "object", "required": ["undeclared"]},
        {"type": "string", "example": 12},
        {"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"required": ["a"]}]},
        {"oneOf": [{"type": "integer"}, {"type": "string"}]},
        {"oneOf": [{"type": "null"}, {"anyOf": [{"type": "null"}, {"type": "string"}]}]},
        {
            "oneOf": [
                {"type": "integer"},
                {"oneOf": [{"type": "integer"}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}]},
            ]
        },
        {"oneOf": [{"type": "number"}, {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}, {"type": "integer"}]},
        {"type": "string", "pattern": "["},
        {"type": "string", "pattern": "^.{0,65536}$"},
        {"oneOf": [{"type": "number"}, {"type": "integer"}, {"type": "string"}]},
        {"anyOf": [{"$ref": "#/components/schemas/Endless"}, {"type": "boolean"}]},
        *({"$ref": f"#/components/schemas/{name}"} for name in COMPONENTS if name != "Endless"),
    ],
    ids=str,
)
def test_valid(schema):
    schemas, generator = values()
    value = generator.example(schema)
    assert schemas.complaints(schema, value) == []
    assert values()[1].example(schema) == value


@pytest.mark.parametrize(
    "schema",
    [
        {"type": ["null", "string"]},
        {"const": {"a": 1}},
        {"type": "integer", "exclusiveMinimum": 5},
        {"type": "string", "examples": ["given"]},
        {"$ref": "#/components/schemas/Node", "required": ["next"]},
    ],
    ids=str,
)
def test_valid_in_3_1(schema):
    schemas, generator = values("3.1.0")
    assert schemas.complaints(schema, generator.example(schema)) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "byte"},
        {"type": "string", "contentEncoding": "base64"},
        {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png", "format": "binary"},
    ],
    ids=str,
)
def test_base64_is_base64(schema):
    value = values("3.1.0")[1].example(schema)
    assert base64.b64encode(base64.b64decode(value, validate=True)).decode() == value


def test_a_valid_example_is_preferred():
    _, generator = values()
    assert generator.example({"type": "string", "example": "mine"}) == "mine"
    assert generator.example({"type": "string", "example": "mine"}, "theirs") == "theirs"
    assert generator.example({"type": "string"}, 7) == "example"


def test_the_tag_tells_what_a_value_is():
    _, generator = values()
    assert generator.example({"$ref": "#/components/schemas/Pet"}) == {"kind": "c", "lives": 9}
    assert generator.example({"$ref": "#/components/schemas/Cat"})["kind"] == "c"
    assert generator.example({"$ref": "#/components/schemas/Either"})["t"] == "Left"


def test_a_tag_decides_where_the_members_of_one_of_overlap():
    schemas, _ = values()
    either = {"$ref": "#/components/schemas/Either"}
    assert schemas.accepts(either, {"t": "Right", "b": "x"})
    assert not schemas.accepts(either, {"t": "Neither"})


@pytest.mark.parametrize(
    "schema", [{"$ref": "#/components/schemas/Endless"}, {"type": "integer", "minimum": 3, "maximum": 2}, False]
)
def test_what_cannot_be_said_is_an_error(schema):
    with pytest.raises(UnboundedError):
        values()[1].example(schema)


@pytest.mark.parametrize(
    "pattern", ["a|b", r"\d{3}-\w+", "[^a]", "(?:x|y)?z", r"(\w)\1", "^(?=.*[0-9])[a-z0-9]{15,}$", r"[\u00e4]", "a{2}?"]
)
def test_samples_match(pattern):
    text = sample(pattern)
    assert text is not None
    assert re.search(pattern, text)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[@$!%*?&])[A-Za-z\d@$!%*?&]{8,}$",
        r"^(?=.*[!#%&]).*$",
        r"^(?!0+$)\d{6}$",
        r"^(?!a)[a-f]{3}$",
        r"^((25[0-5]|(2[0-4]|1\d|[1-9]|)\d)\.?\b){4}$",
        r"^(\d+)-(?!\1)\d+$",
        r"^[^\x00-\x7f]{3}$",
        r"^(?<year>\d{4})-(?<month>0[1-9]|1[0-2])$",
        r"^(?<quote>['\"]).*\k<quote>$",
        r"^\u{1F600}\cA$",
    ],
)
def test_what_is_looked_for_ahead_and_what_only_ecma_262_writes_is_found(pattern):
    text = sample(pattern)
    assert text is not None
    judged = pattern.replace(r"\cA", r"\x01").replace(r"\u{", r"\x{").replace(r"\k<quote>", r"\1")
    assert jsonschema_rs.is_valid({"pattern": judged}, text)
    assert sample(pattern) == text


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        ("^[a-f0-9]+$", 64, 64),
        ("^[a-z]+$", 200, None),
        ("^[a-z]{2,}-[0-9]*$", 100, 120),
        ("^([a-z]+-)*[0-9]*$", 500, 500),
        ("^(?!x)[a-z ]*[A-Z]?$", 50, 50),
        ("^([0-9a-f]{4})+$", 400, 400),
        ("^[^ ]*$", 5_000, 5_000),
    ],
)
def test_a_text_is_as_long_as_it_has_to_be(pattern, shortest, longest):
    text = sample(pattern, shortest=shortest, longest=longest)
    assert text is not None
    assert re.search(pattern, text)
    assert shortest <= len(text) <= (longest or len(text))
    schema = {"type": "string", "pattern": pattern, "minLength": shortest} | ({"maxLength": longest} if longest else {})
    schemas, generator = values()
    assert schemas.complaints(schema, generator.example(schema)) == []


def test_no_sample_is_no_text():
    assert sample("(") is None
    assert sample("a", longest=0) is None
    assert sample(r"^a\bb$") is None


def test_the_entries_of_a_map_are_whole_at_any_depth():
    pair = {"type": "object", "properties": {"key": {"type": "string"}, "value": {"type": "integer"}}}
    schema = {"type": "array", "items": pair}
    for _ in range(12):
        schema = {"type": "object", "properties": {"p": schema}}
        value = Values(Schemas({"openapi": "3.0.3"})).example(schema)
        while isinstance(value, dict) and "p" in value:
            value = value["p"]
        assert value in ([{"key": "example", "value": 1}], [], {})


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("beside", [{}, {"description": "What it is."}, {"minLength": 1}])
def test_unions_in_unions_are_tried_in_bounded_work(
    keyword: str, place: int, beside: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    schema: dict[str, object] = {"type": "object", "properties": {"a": {"type": "string"}}}
    for _ in range(40):
        members = [{"type": "string"}]
        members.insert(place, schema)
        schema = {keyword: members, **beside}
    compiled = []
    usual = Effort.is_bounded
    monkeypatch.setattr(Effort, "is_bounded", lambda self, each: compiled.append(each) or usual(self, each))

    schemas, made = values()
    try:
        value = made.example(schema)
    except UnboundedError:
        value = None

    assert value is None or schemas.accepts(schema, value)
    assert len(compiled) < 4_000
