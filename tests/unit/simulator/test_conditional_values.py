"""Values keep what a schema asks for under a condition, by position, by name, or by what it refuses."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import jsonschema_rs
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values

COMPONENTS: dict[str, Any] = {
    "Tree": {
        "$defs": {
            "node": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree/$defs/node"}},
                },
            }
        },
        "$ref": "#/components/schemas/Tree/$defs/node",
    },
    "Expr": {
        "oneOf": [
            {"type": "integer"},
            {"type": "array", "prefixItems": [{"const": "+"}, {"$ref": "#/components/schemas/Expr"}], "minItems": 2},
        ]
    },
    "Address": {
        "type": "object",
        "required": ["country"],
        "properties": {"country": {"enum": ["NL", "US"]}, "code": {"type": "string"}},
        "if": {"properties": {"country": {"const": "US"}}},
        "then": {"required": ["code"], "properties": {"code": {"pattern": "^[0-9]{5}$"}}},
        "else": {"properties": {"code": {"pattern": "^[0-9]{4} [A-Z]{2}$"}}},
    },
    "Chain": {
        "type": "object",
        "properties": {"next": {"$ref": "#/components/schemas/Chain"}, "last": {"type": "boolean"}},
        "if": {"required": ["next"]},
        "else": {"required": ["last"], "properties": {"last": {"const": True}}},
    },
}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
SATISFIABLE: list[dict[str, Any]] = [
    # if, then, else
    {**OBJECT, "if": {"required": ["a"]}, "then": {"required": ["c"], "properties": {"c": {"type": "boolean"}}}},
    {**OBJECT, "if": {"required": ["z"]}, "else": {"required": ["y"]}},
    {**OBJECT, "if": True, "then": {"required": ["q"]}},
    {**OBJECT, "if": False, "else": {"properties": {"b": {"minimum": 9}}}},
    {"type": "integer", "if": {"minimum": 10}, "then": {"multipleOf": 7}, "minimum": 10},
    {"type": "integer", "if": {"minimum": 0}, "then": False},
    {"type": "string", "if": {"minLength": 3}, "then": {"pattern": "^a+$"}},
    {"if": {"type": "object"}, "then": {"required": ["a"]}, "else": {"type": "string", "minLength": 30}},
    {
        "type": "object",
        "required": ["kind", "size"],
        "properties": {"kind": {"enum": ["a", "b", "c"]}, "size": {"type": "integer"}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"properties": {"size": {"const": 1}}}},
            {"if": {"properties": {"kind": {"const": "b"}}}, "then": {"properties": {"size": {"const": 2}}}},
            {"if": {"properties": {"kind": {"const": "c"}}}, "then": {"properties": {"size": {"const": 3}}}},
        ],
    },
    {**OBJECT, "if": {"required": ["a"]}, "then": {"if": {"required": ["b"]}, "then": {"required": ["c"]}}},
    # dependent
    {**OBJECT, "dependentRequired": {"a": ["c"], "c": ["d"]}},
    {**OBJECT, "required": ["a"], "dependentRequired": {"a": ["b"], "b": ["e"]}},
    {**OBJECT, "additionalProperties": False, "dependentRequired": {"a": ["absent"]}},
    {**OBJECT, "dependentSchemas": {"a": {"required": ["x"], "properties": {"x": {"type": "integer", "minimum": 3}}}}},
    {**OBJECT, "dependentSchemas": {"a": False}},
    {**OBJECT, "required": ["b"], "dependentSchemas": {"a": False, "b": {"maxProperties": 1}}},
    # prefixItems and contains
    {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
    {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2},
    {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "boolean"}, "minItems": 4},
    {"type": "array", "prefixItems": [{"type": "string"}] * 3, "maxItems": 2},
    {"prefixItems": [{"const": 1}, {"const": 1}, {}], "uniqueItems": False},
    {"type": "array", "prefixItems": [{}, {}, {}], "uniqueItems": True, "minItems": 3},
    {**TEXTS, "contains": {"const": "needle"}},
    {**TEXTS, "contains": {"minLength": 12}, "minContains": 3},
    {**TEXTS, "contains": {"const": "x"}, "minContains": 2, "maxContains": 2, "minItems": 5},
    {**TEXTS, "contains": {"const": "x"}, "minContains": 0},
    {**TEXTS, "allOf": [{"contains": {"const": "x"}}, {"contains": {"const": "y"}}], "minItems": 3},
    {"type": "array", "contains": {"type": "integer", "minimum": 5}, "prefixItems": [{"type": "string"}]},
    {"type": "array", "contains": {"const": 7}, "prefixItems": [{"type": "integer"}], "items": False},
    {"type": "array", "contains": {"type": "object", "required": ["id"]}, "maxItems": 1},
    # not
    {**OBJECT, "not": {"required": ["a"]}},
    {**OBJECT, "not": {"required": ["a", "b"]}},
    {**OBJECT, "required": ["a"], "not": {"properties": {"a": {"const": "example"}}}},
    {"type": "string", "not": {"enum": ["example", "x"]}},
    {"type": "string", "not": {"pattern": "^e"}},
    {"type": "string", "not": {"minLength": 3}},
    {"type": "integer", "not": {"const": 1}},
    {"type": "integer", "not": {"minimum": 0}},
    {"type": "number", "not": {"multipleOf": 0.5}},
    {"type": "boolean", "not": {"const": True}},
    {"type": ["string", "integer"], "not": {"type": "string"}},
    {"not": {"type": "object"}},
    {"not": {"type": ["object", "string", "null"]}},
    {"not": {"not": {"type": "string"}}},
    {"type": "string", "enum": ["a", "b"], "not": {"const": "a"}},
    {"type": "array", "items": {"type": "integer"}, "not": {"maxItems": 2}},
    {"type": "array", "items": {}, "minItems": 1, "not": {"items": {"type": "object"}}},
    {**OBJECT, "not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}},
    {**OBJECT, "allOf": [{"not": {"required": ["a"]}}, {"not": {"required": ["b"]}}]},
    # names
    {"type": "object", "patternProperties": {"^x-[a-z]+$": {"type": "integer"}}, "minProperties": 2},
    {
        "type": "object",
        "patternProperties": {"^n_": {"type": "integer"}, "_t$": {"minimum": 4}},
        "required": ["n_1", "n_t"],
        "additionalProperties": False,
    },
    {"type": "object", "properties": {"ab": {"type": "integer"}}, "patternProperties": {"^a": {"minimum": 50}}},
    {"type": "object", "patternProperties": {"^a": False}, "properties": {"ab": {"type": "integer"}}},
    {"type": "object", "propertyNames": {"pattern": "^[A-Z]{3}$"}, "minProperties": 1},
    {"type": "object", "propertyNames": {"enum": ["one", "two", "three"]}, "minProperties": 3},
    {"type": "object", "propertyNames": {"maxLength": 2}, "minProperties": 2, "properties": {"long": {}, "ok": {}}},
    {"type": "object", "propertyNames": {"minLength": 9}, "additionalProperties": {"type": "boolean"}},
    {"propertyNames": {"pattern": "^v[0-9]+"}, "patternProperties": {"^v": {"type": "array"}}, "minProperties": 3},
    {**OBJECT, "maxProperties": 1},
    {**OBJECT, "unevaluatedProperties": False, "allOf": [{"properties": {"c": {"type": "integer"}}}]},
    # several at once
    {"allOf": [OBJECT, {"properties": {"a": {"minLength": 9}}}, {"properties": {"a": {"maxLength": 9}}}]},
    {"allOf": [{"type": ["string", "integer"]}, {"type": ["integer", "null"]}]},
    {"allOf": [{"type": "number"}, {"type": "integer"}], "exclusiveMinimum": 3},
    {"allOf": [{"multipleOf": 4}, {"multipleOf": 6}], "type": "integer", "minimum": 1},
    {
        "allOf": [
            {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            {"anyOf": [{"type": "null"}, {"type": "integer"}]},
        ]
    },
    *({"$ref": f"#/components/schemas/{name}"} for name in COMPONENTS),
    {"$ref": "#/components/schemas/Address", "properties": {"country": {"const": "NL"}}, "required": ["code"]},
    {"type": "array", "items": {"$ref": "#/components/schemas/Chain"}, "minItems": 1},
]
UNSATISFIABLE: list[dict[str, Any]] = [
    {"not": {}},
    {"type": "string", "not": {"type": "string"}},
    {"type": "integer", "if": True, "then": False},
    {**OBJECT, "required": ["a"], "dependentSchemas": {"a": False}},
    {**TEXTS, "contains": {"type": "integer"}},
    {"type": "array", "prefixItems": [False], "minItems": 1},
    {"type": "object", "propertyNames": False, "minProperties": 1},
    {"type": "object", "patternProperties": {"": False}, "required": ["a"]},
    {"allOf": [{"const": 1}, {"const": 2}]},
    {"type": "string", "pattern": "^a$", "minLength": 5},
]


def schemas_of(version: str = "3.1.0") -> Schemas:
    return Schemas({"openapi": version, "paths": {}, "components": {"schemas": COMPONENTS}})


def judge(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """By the library alone: nothing of the simulator's reads the schema."""
    return jsonschema_rs.Draft202012Validator({**schema, "components": {"schemas": COMPONENTS}})


@pytest.mark.parametrize("schema", SATISFIABLE, ids=str)
def test_what_has_a_value_is_given_one(schema: dict[str, Any]) -> None:
    value = Values(schemas_of()).example(schema)
    assert judge(schema).is_valid(value), value
    assert Values(schemas_of()).example(schema) == value


@pytest.mark.parametrize("schema", UNSATISFIABLE, ids=str)
def test_what_has_none_is_said_to_have_none(schema: dict[str, Any]) -> None:
    with pytest.raises(UnboundedError):
        Values(schemas_of()).example(schema)
    whole = {"type": "object", "required": ["here"], "properties": {"here": schema}}
    with pytest.raises(UnboundedError):
        Values(schemas_of()).example(whole)
    optional = {"type": "object", "properties": {"here": schema, "there": {"type": "string"}}}
    assert Values(schemas_of()).example(optional) == {"there": "example"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"$ref": "#/components/schemas/Self"}},
        {"if": {"$ref": "#/components/schemas/Self"}, "then": {"$ref": "#/components/schemas/Self"}},
        {"not": {"anyOf": [{"$ref": "#/components/schemas/Self"}] * 8}},
        {"allOf": [{"if": {"required": [f"a{n}"]}, "then": {"required": [f"b{n}"]}, "else": False} for n in range(40)]},
        {"dependentSchemas": {"a": {"$ref": "#/components/schemas/Self"}}, "required": ["a"]},
        {"patternProperties": {f"^{n}": {"$ref": "#/components/schemas/Self"} for n in range(40)}, "minProperties": 9},
        {"type": "array", "contains": {"type": "integer"}, "minContains": 10**9},
        {"type": "object", "propertyNames": {"minLength": 10**9}, "minProperties": 1},
    ],
    ids=lambda schema: str(schema)[:60],
)
def test_work_ends(schema: dict[str, Any]) -> None:
    schemas = Schemas({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Self": schema}}})
    reference = {"$ref": "#/components/schemas/Self"}
    started = time.process_time()
    with contextlib.suppress(UnboundedError):
        assert schemas.accepts(reference, Values(schemas).example(reference))
    assert time.process_time() - started < 5
