"""Every word of the specifications, changed alone, is told: the words are read from the specifications' own schemas."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema_specifications import REGISTRY
from schemathesis.specs.openapi.definitions import OPENAPI_30, SWAGGER_20
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import Finding, compare
from vcsdk.diff.read import read

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
THING = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}

# What a schema is beside the word, and the word before and after.
SCHEMA: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "title": (TEXT, "A", "B"),
    "description": (TEXT, "A", "B"),
    "default": (TEXT, "a", "b"),
    "example": (TEXT, "a", "b"),
    "externalDocs": (TEXT, {"url": "https://a.test"}, {"url": "https://b.test"}),
    "xml": (TEXT, {"name": "a"}, {"name": "b"}),
    "deprecated": (TEXT, False, True),
    "readOnly": (TEXT, False, True),
    "writeOnly": (TEXT, False, True),
    "nullable": (TEXT, True, False),
    "type": ({}, "string", "integer"),
    "format": (TEXT, "date", "uuid"),
    "enum": (TEXT, ["a", "b"], ["a", "c"]),
    "pattern": (TEXT, "^a", "^b"),
    "minLength": (TEXT, 1, 2),
    "maxLength": (TEXT, 5, 6),
    "multipleOf": (NUMBER, 2, 3),
    "minimum": (NUMBER, 1, 2),
    "maximum": (NUMBER, 5, 6),
    "exclusiveMinimum": ({**NUMBER, "minimum": 1}, False, True),
    "exclusiveMaximum": ({**NUMBER, "maximum": 5}, False, True),
    "minItems": ({"type": "array", "items": TEXT}, 1, 2),
    "maxItems": ({"type": "array", "items": TEXT}, 5, 6),
    "uniqueItems": ({"type": "array", "items": TEXT}, False, True),
    "items": ({"type": "array"}, TEXT, NUMBER),
    "minProperties": (THING, 1, 2),
    "maxProperties": (THING, 5, 6),
    "required": (THING, ["a"], ["b"]),
    "properties": ({"type": "object"}, {"a": TEXT}, {"a": NUMBER}),
    "additionalProperties": (THING, TEXT, NUMBER),
    "allOf": ({}, [TEXT, {"maxLength": 5}], [TEXT, {"maxLength": 4}]),
    "anyOf": ({}, [TEXT, NUMBER], [TEXT, {"type": "boolean"}]),
    "oneOf": ({}, [TEXT, NUMBER], [TEXT, {"type": "boolean"}]),
    "not": (TEXT, {"enum": ["a"]}, {"enum": ["b"]}),
    "discriminator": (
        {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},
        {"propertyName": "a"},
        {"propertyName": "b"},
    ),
}
NEWER: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "const": (TEXT, "a", "b"),
    "examples": (TEXT, ["a"], ["b"]),
    "exclusiveMinimum": (NUMBER, 1, 2),
    "exclusiveMaximum": (NUMBER, 5, 6),
    "prefixItems": ({"type": "array"}, [TEXT], [NUMBER]),
    "contains": ({"type": "array"}, TEXT, NUMBER),
    "minContains": ({"type": "array", "contains": TEXT}, 1, 2),
    "maxContains": ({"type": "array", "contains": TEXT}, 5, 6),
    "propertyNames": ({"type": "object"}, {"pattern": "^a"}, {"pattern": "^b"}),
    "patternProperties": ({"type": "object"}, {"^a": {"maxLength": 2}}, {"^b": {"maxLength": 2}}),
    "dependentSchemas": (THING, {"a": {"required": ["b"]}}, {"b": {"required": ["a"]}}),
    "dependentRequired": (THING, {"a": ["b"]}, {"b": ["a"]}),
    "if": ({**THING, "then": {"required": ["b"]}}, {"required": ["a"]}, {"required": ["b"]}),
    "then": ({**THING, "if": {"required": ["a"]}}, {"required": ["b"]}, {"minProperties": 2}),
    "else": ({**THING, "if": {"required": ["a"]}}, {"required": ["b"]}, {"minProperties": 2}),
    "unevaluatedItems": ({"type": "array", "prefixItems": [TEXT]}, TEXT, NUMBER),
    "unevaluatedProperties": (THING, TEXT, NUMBER),
    "contentEncoding": (TEXT, "base64", "base16"),
    "contentMediaType": (TEXT, "text/plain", "text/html"),
    "contentSchema": ({**TEXT, "contentMediaType": "application/json"}, TEXT, NUMBER),
    "$comment": (TEXT, "A", "B"),
}
# Words that lead elsewhere or say how others are read; what they lead to is compared where it is used.
ELSEWHERE = {"$id", "$schema", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$defs"}


def words(schema: Any) -> set[str]:
    return {word for word in schema.get("properties", {}) if not word.startswith("^")}


def vocabulary() -> set[str]:
    """The words of JSON Schema 2020-12."""
    found: set[str] = set()
    for name in ("applicator", "content", "core", "format-annotation", "meta-data", "unevaluated", "validation"):
        found |= words(REGISTRY.contents(f"https://json-schema.org/draft/2020-12/meta/{name}"))
    return found


def test_no_word_of_a_schema_is_forgotten() -> None:
    assert words(OPENAPI_30["definitions"]["Schema"]) - {"$ref"} == set(SCHEMA)
    assert words(SWAGGER_20["definitions"]["schema"]) - {"$ref"} <= set(SCHEMA)
    # 3.1 has lost `nullable`; `discriminator`, `xml`, `externalDocs` and `example` are OpenAPI's own in both.
    assert vocabulary() - ELSEWHERE == (set(SCHEMA) | set(NEWER)) - {
        *("nullable", "discriminator", "xml", "externalDocs", "example"),
    }


def whole(version: str, place: str, schema: Any) -> dict[str, Any]:
    """A description with a schema at a place."""
    operation: dict[str, Any] = {"operationId": "op", "responses": {"200": {"description": "It."}}}
    nested = {"type": "object", "properties": {"p": schema}}
    item = {"type": "array", "items": schema}
    used = {"property": nested, "whole": schema, "item": item}[place.rsplit(maxsplit=1)[-1]]
    content = {"application/json": {"schema": used}}
    if place.startswith("request"):
        operation["requestBody"] = {"required": True, "content": content}
    elif place.startswith("parameter"):
        operation["parameters"] = [{"name": "q", "in": "query", "schema": used}]
    else:
        operation["responses"]["200"]["content"] = content
    schemas = {name: {**THING, "required": ["a", "b"]} for name in ("A", "B")}
    return {
        "openapi": version,
        "info": {"title": "Things", "version": "1"},
        "paths": {"/t": {"post": operation}},
        "components": {"schemas": schemas},
    }


PLACES = ["request whole", "request property", "request item", "answer whole", "answer property", "parameter whole"]
CASES = [("3.0.3", word, row) for word, row in SCHEMA.items()]
CASES += [("3.1.0", word, row) for word, row in {**SCHEMA, **NEWER}.items() if word != "nullable"]


def told(folder: Path, *sides: dict[str, Any]) -> list[Finding]:
    described = []
    for name, document in zip(("old", "new"), sides, strict=True):
        file = folder / f"{name}.json"
        file.write_text(json.dumps(document))
        found = Diagnostics()
        described.append(read(file, None, use_config=False, overlays=(), diagnostics=found))
    return compare(*described)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("version", "word", "row"), CASES, ids=[f"{version} {word}" for version, word, _ in CASES])
def test_a_word_of_a_schema_is_told(tmp_path: Path, version: str, word: str, row: Any, place: str) -> None:
    beside, old, new = row
    sides = [whole(version, place, {**beside, word: value}) for value in (old, new)]
    found = [each for each in told(tmp_path, *deepcopy(sides)) if not each.rule.id.startswith("surface")]
    assert found, "nothing is told"
    assert told(tmp_path, sides[0], deepcopy(sides[0])) == []
    came = [whole(version, place, beside), sides[1]]
    if new is not False:
        # To say `false` is to say nothing.
        assert [each for each in told(tmp_path, *came) if not each.rule.id.startswith("surface")]
