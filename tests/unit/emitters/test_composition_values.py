"""Values of composed schemas, each of which goes back as it came."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, Reads, ref, schemas
from tests.unit.emitters.test_compositions import thing
from tests.unit.emitters.test_models import decode, encode

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}
Case = tuple[str, str, dict[str, Any], str, list[str]]
CASES: list[Case] = [
    (
        "allof enum ref + const-like",
        "3.0.3",
        {"E": {"type": "string", "enum": ["a", "b"]}, "S": thing(None, x={"allOf": [ref("E")], "enum": ["a"]})},
        "S",
        ['{"x":"a"}'],
    ),
    (
        "allof nullable parts 3.1",
        "3.1.0",
        {"S": thing(None, x={"allOf": [{"type": ["string", "null"]}, {"maxLength": 3}]})},
        "S",
        ['{"x":null}', '{"x":"abc"}'],
    ),
    (
        "allof ref nullable enum comp",
        "3.0.3",
        {
            "E": {"type": "string", "enum": ["a", None], "nullable": True},
            "S": thing(None, x={"allOf": [ref("E"), {"description": "d"}]}, y={"allOf": [ref("E"), {"maxLength": 4}]}),
        },
        "S",
        ['{"x":null,"y":null}'],
    ),
    (
        "array of allof object oneOf",
        "3.0.3",
        {
            "S": thing(
                None,
                l={
                    "type": "array",
                    "items": {
                        "allOf": [thing(["id"], id=TEXT), {"oneOf": [thing(None, a=NUMBER), thing(None, b=TEXT)]}]
                    },
                },
            )
        },
        "S",
        ['{"l":[{"id":"1","b":"x"},{"id":"2","a":1}]}'],
    ),
    (
        "nested union in union w/ props",
        "3.0.3",
        {
            "S": {
                **thing(["k"], k=TEXT),
                "oneOf": [
                    {**thing(None, m=TEXT), "anyOf": [thing(None, p=NUMBER), thing(None, q=NUMBER)]},
                    thing(None, z=TEXT),
                ],
            }
        },
        "S",
        ['{"k":"1","m":"x","q":2}', '{"k":"1","z":"2"}'],
    ),
    (
        "oneOf w null & props 3.1",
        "3.1.0",
        {
            "S": thing(None, v={"properties": {"k": TEXT}, "oneOf": [ref("A"), {"type": "null"}]}),
            "A": thing(None, a=NUMBER),
        },
        "S",
        ['{"v":null}', '{"v":{"k":"x","a":1}}'],
    ),
    (
        "anyOf scalars & objects beside type list",
        "3.1.0",
        {"S": thing(None, v={"type": ["object", "string"], "anyOf": [thing(None, a=NUMBER), TEXT]})},
        "S",
        ['{"v":"x"}', '{"v":{"a":1}}'],
    ),
    (
        "map of union with props",
        "3.0.3",
        {
            "S": {
                "type": "object",
                "additionalProperties": {
                    **thing(["t"], t=TEXT),
                    "anyOf": [thing(None, a=NUMBER), thing(None, b=NUMBER)],
                },
            }
        },
        "S",
        ['{"x":{"t":"1","b":2}}'],
    ),
    (
        "required-only alternatives in allOf w/ base",
        "3.0.3",
        {
            "B": thing(["id"], id=TEXT, a=TEXT, b=TEXT),
            "S": {"allOf": [ref("B")], "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        },
        "S",
        ['{"id":"1","a":"x"}'],
    ),
    (
        "two bases same prop narrowed",
        "3.0.3",
        {
            "A": thing(None, k=TEXT, n={"type": "number"}),
            "B": thing(None, k={"type": "string", "enum": ["x", "y"]}, n=NUMBER),
            "S": {"allOf": [ref("A"), ref("B")]},
        },
        "S",
        ['{"k":"x","n":3}'],
    ),
    (
        "array prop narrowed by ref",
        "3.0.3",
        {
            "Base": thing(None, items={"type": "array", "items": ref("I")}),
            "I": thing(None, i=NUMBER),
            "D": {"allOf": [ref("I"), thing(None, d=TEXT)]},
            "S": {"allOf": [ref("Base"), thing(None, items={"type": "array", "items": ref("D")})]},
        },
        "S",
        ['{"items":[{"i":1,"d":"x"}]}'],
    ),
    (
        "free object narrowed by ref",
        "3.0.3",
        {
            "Base": thing(None, spec={"type": "object"}),
            "P": thing(None, p=NUMBER),
            "S": {"allOf": [ref("Base"), thing(None, spec=ref("P"))]},
        },
        "S",
        ['{"spec":{"p":1}}'],
    ),
    (
        "map+struct",
        "3.0.3",
        {"M": {"type": "object", "additionalProperties": TEXT}, "S": {"allOf": [ref("M"), thing(["id"], id=TEXT)]}},
        "S",
        ['{"id":"1","other":"x"}'],
    ),
    (
        "allOf closed and open",
        "3.0.3",
        {
            "A": {**thing(None, a=NUMBER), "additionalProperties": False},
            "S": {"allOf": [ref("A"), {**thing(None, b=NUMBER), "additionalProperties": True}]},
        },
        "S",
        ['{"a":1,"b":2,"c":[3]}'],
    ),
    (
        "ref siblings chain 3.1",
        "3.1.0",
        {
            "A": thing(None, a=NUMBER),
            "B": {**ref("A"), **thing(None, b=NUMBER)},
            "S": {**ref("B"), **thing(["c"], c=NUMBER)},
        },
        "S",
        ['{"a":1,"b":2,"c":3}'],
    ),
    (
        "ref with oneOf sibling 3.1",
        "3.1.0",
        {"A": thing(None, a=NUMBER), "S": {**ref("A"), "oneOf": [thing(["x"], x=NUMBER), thing(["y"], y=NUMBER)]}},
        "S",
        ['{"a":1,"y":2}'],
    ),
    (
        "ref with default only 3.1",
        "3.1.0",
        {"E": {"type": "string", "enum": ["a"]}, "S": thing(None, e={**ref("E"), "default": "a"})},
        "S",
        ['{"e":"zzz"}'],
    ),
    (
        "ref not component inline 3.1 siblings",
        "3.1.0",
        {
            "A": thing(None, p=thing(None, q=NUMBER)),
            "S": thing(None, v={"$ref": "#/components/schemas/A/properties/p", "required": ["q"]}),
        },
        "S",
        ['{"v":{"q":1}}'],
    ),
    (
        "anyof with map member",
        "3.0.3",
        {"S": thing(None, v={"anyOf": [thing(["a"], a=NUMBER), {"type": "object", "additionalProperties": NUMBER}]})},
        "S",
        ['{"v":{"a":1}}', '{"v":{"a":1,"b":2}}', '{"v":{"z":2}}'],
    ),
    (
        "anyof overlapping 3 with arrays",
        "3.0.3",
        {
            "S": thing(
                None,
                v={
                    "anyOf": [
                        thing(None, l={"type": "array", "items": thing(None, a=NUMBER)}),
                        thing(None, l={"type": "array", "items": thing(None, b=NUMBER)}),
                    ]
                },
            )
        },
        "S",
        ['{"v":{"l":[{"b":1}]}}'],
    ),
    (
        "if then props with required 3.1",
        "3.1.0",
        {
            "S": {
                "type": "object",
                "properties": {"t": TEXT},
                "if": {"properties": {"t": {"const": "x"}}},
                "then": {"properties": {"n": NUMBER}, "required": ["n"]},
                "else": {"properties": {"n": TEXT}},
            }
        },
        "S",
        ['{"t":"x","n":1}', '{"t":"y","n":"s"}'],
    ),
    (
        "allOf with if in part",
        "3.1.0",
        {
            "A": thing(None, a=NUMBER),
            "S": {"allOf": [ref("A"), {"if": {"required": ["a"]}, "then": {"properties": {"z": TEXT}}}]},
        },
        "S",
        ['{"a":1,"z":"x"}'],
    ),
    (
        "patternProperties two",
        "3.1.0",
        {"S": {"type": "object", "patternProperties": {"^a": NUMBER, "^b": TEXT}, "additionalProperties": False}},
        "S",
        ['{"a1":1,"b1":"x"}'],
    ),
    (
        "patternProperties objects",
        "3.1.0",
        {
            "S": {
                "type": "object",
                "properties": {"id": TEXT},
                "patternProperties": {"^a": thing(None, p=NUMBER)},
                "additionalProperties": False,
            }
        },
        "S",
        ['{"id":"1","a1":{"p":1}}'],
    ),
    (
        "prefixItems objects",
        "3.1.0",
        {
            "S": thing(
                None,
                v={"type": "array", "prefixItems": [thing(["a"], a=NUMBER), thing(["b"], b=NUMBER)], "maxItems": 2},
            )
        },
        "S",
        ['{"v":[{"a":1},{"b":2}]}'],
    ),
    (
        "recursive union",
        "3.0.3",
        {"S": {"oneOf": [thing(["v"], v=TEXT), thing(["l", "r"], l=ref("S"), r=ref("S"))]}},
        "S",
        ['{"l":{"v":"a"},"r":{"l":{"v":"b"},"r":{"v":"c"}}}'],
    ),
    (
        "recursive allOf oneOf",
        "3.0.3",
        {
            "S": {
                "allOf": [
                    thing(["n"], n=TEXT),
                    {"oneOf": [thing(None, c={"type": "array", "items": ref("S")}), thing(None, x=NUMBER)]},
                ]
            }
        },
        "S",
        ['{"n":"1","c":[{"n":"2","x":1},{"n":"3","c":[]}]}'],
    ),
    (
        "union of enum and object",
        "3.0.3",
        {"S": thing(None, v={"anyOf": [{"type": "string", "enum": ["a"]}, thing(None, k=TEXT)]})},
        "S",
        ['{"v":"b"}', '{"v":{"k":"x"}}'],
    ),
    (
        "union dup refs through alias",
        "3.0.3",
        {"A": thing(None, a=NUMBER), "B": {"allOf": [ref("A")]}, "S": thing(None, v={"oneOf": [ref("A"), ref("B")]})},
        "S",
        ['{"v":{"a":1}}'],
    ),
    (
        "discriminator inline mapping beside props and allOf members",
        "3.0.3",
        {
            "G": {
                **thing(["kind", "n"], kind=TEXT, n=NUMBER),
                "discriminator": {"propertyName": "kind"},
                "oneOf": [ref("U"), ref("L")],
            },
            "U": thing(None, kind={"type": "string", "enum": ["U"]}, u=NUMBER),
            "L": thing(None, kind={"type": "string", "enum": ["L"]}, l=NUMBER),
        },
        "G",
        ['{"kind":"L","n":1,"l":2}'],
    ),
    (
        "discriminator on base with oneOf children allOf",
        "3.0.3",
        {
            "G": {
                **thing(["kind"], kind=TEXT, n=NUMBER),
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"u": "#/components/schemas/U", "l": "#/components/schemas/L"},
                },
                "oneOf": [ref("U"), ref("L")],
            },
            "U": {"allOf": [ref("G"), thing(None, u=NUMBER)]},
            "L": {"allOf": [ref("G"), thing(None, l=NUMBER)]},
        },
        "G",
        ['{"kind":"l","n":1,"l":2}'],
    ),
    (
        "open+union",
        "3.0.3",
        {
            "S": {
                **thing(None, a=NUMBER),
                "additionalProperties": {"type": "object"},
                "oneOf": [thing(None, b=NUMBER), thing(None, c=NUMBER)],
            }
        },
        "S",
        ['{"a":1,"c":2,"x":{"y":1}}'],
    ),
    (
        "string formats merge",
        "3.0.3",
        {
            "D": {"type": "string", "format": "date-time"},
            "S": thing(None, v={"allOf": [ref("D"), {"description": "x"}], "nullable": True}),
        },
        "S",
        ['{"v":null}', '{"v":"2024-01-01T00:00:00Z"}'],
    ),
    (
        "enum of ints in allOf",
        "3.0.3",
        {"S": thing(None, v={"allOf": [{"type": "integer"}, {"enum": [1, 2]}]})},
        "S",
        ['{"v":3}'],
    ),
    ("boolean true schema in allOf 3.1", "3.1.0", {"S": {"allOf": [True, thing(None, a=NUMBER)]}}, "S", ['{"a":1}']),
    (
        "empty allOf",
        "3.0.3",
        {"S": thing(None, v={"allOf": [{}]}, w={"allOf": [{"description": "x"}], "type": "string"})},
        "S",
        ['{"v":[1],"w":"x"}'],
    ),
    (
        "anyOf of arrays of enums",
        "3.0.3",
        {
            "S": thing(
                None,
                v={
                    "anyOf": [
                        {"type": "array", "items": {"type": "string", "enum": ["a"]}},
                        {"type": "array", "items": NUMBER},
                    ]
                },
            )
        },
        "S",
        ['{"v":["b"]}', '{"v":[1]}'],
    ),
    (
        "oneOf ints and number",
        "3.0.3",
        {"S": thing(None, v={"oneOf": [NUMBER, {"type": "number"}]})},
        "S",
        ['{"v":1}', '{"v":1.5}'],
    ),
    (
        "nullable allOf union",
        "3.0.3",
        {
            "S": thing(
                None,
                v={
                    "nullable": True,
                    "allOf": [{"oneOf": [thing(None, a=NUMBER), thing(None, b=NUMBER)]}, thing(None, c=NUMBER)],
                },
            )
        },
        "S",
        ['{"v":null}', '{"v":{"b":1,"c":2}}'],
    ),
]


def goes_back(case: Case, generate: Generates, read: Reads) -> None:
    """Decode and encode every value of a case, whose description gives no free-form JSON."""
    _, version, named, root, texts = case
    document = {"openapi": version, **schemas(**named)}
    package = generate(**document)
    for text in texts:
        value = decode(package, getattr(package.models, root), text)
        assert json.loads(encode(package, value)) == json.loads(text)
    assert [each.message for each in read(**document).diagnostics if each.rule == "unsupported-composition"] == []


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_it_goes_back_as_it_came(case: Case, generate: Generates, read: Reads) -> None:
    goes_back(case, generate, read)
