"""Values of unions, keywords and formats beside each other, each of which goes back as it came."""

from __future__ import annotations

import pytest

from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.unit.emitters.test_composition_values import Case, goes_back
from tests.unit.emitters.test_compositions import thing

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}
CASES: list[Case] = [
    (
        "const tags no discriminator",
        "3.1.0",
        {
            "S": thing(
                None, v={"oneOf": [thing(["t"], t={"const": "a"}, x=NUMBER), thing(["t"], t={"const": "b"}, x=NUMBER)]}
            )
        },
        "S",
        ['{"v":{"t":"b","x":1}}'],
    ),
    (
        "nullable member refs",
        "3.0.3",
        {
            "A": {**thing(None, a=NUMBER), "nullable": True},
            "S": thing(None, v={"anyOf": [ref("A"), thing(None, b=NUMBER)]}),
        },
        "S",
        ['{"v":null}', '{"v":{"b":2}}'],
    ),
    (
        "dates in union",
        "3.0.3",
        {
            "S": thing(
                None,
                v={"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, NUMBER]},
            )
        },
        "S",
        ['{"v":"2024-01-01"}', '{"v":"2024-01-01T00:00:00Z"}', '{"v":3}'],
    ),
    (
        "duration union",
        "3.0.3",
        {
            "S": thing(
                None,
                v={"oneOf": [{"type": "string", "format": "duration"}, NUMBER]},
                w={"type": "array", "items": {"type": "string", "format": "duration"}},
                m={"type": "object", "additionalProperties": {"type": "string", "format": "byte"}},
            )
        },
        "S",
        ['{"v":"P1M","w":["P1Y"],"m":{"a":"YQ=="}}', '{"v":3}'],
    ),
    (
        "byte in open model",
        "3.0.3",
        {
            "S": {
                **thing(
                    None,
                    b={"type": "string", "format": "byte"},
                    d={"type": "string", "format": "duration"},
                    m={"type": "number", "multipleOf": 0.01},
                ),
                "additionalProperties": {"type": "string", "format": "byte"},
            }
        },
        "S",
        ['{"b":"YQ==","d":"P1M","m":0.07,"z":"YQ=="}'],
    ),
    (
        "allOf with sibling properties & required of inherited",
        "3.0.3",
        {
            "B": thing(None, a=TEXT, b=TEXT),
            "S": {"allOf": [ref("B")], "required": ["a"], "properties": {"c": NUMBER}, "type": "object"},
        },
        "S",
        ['{"a":"x","c":1}'],
    ),
    (
        "allOf inline only",
        "3.0.3",
        {"S": {"allOf": [thing(None, a=TEXT), thing(["b"], b=NUMBER)]}},
        "S",
        ['{"a":"x","b":1}'],
    ),
    (
        "readonly merge",
        "3.0.3",
        {
            "A": thing(["id"], id={"type": "string", "readOnly": True}),
            "B": thing(None, id={"type": "string", "maxLength": 9}),
            "S": {"allOf": [ref("A"), ref("B")]},
        },
        "S",
        ['{"id":"x"}'],
    ),
    (
        "anyOf required combos w/ oneOf objects",
        "3.0.3",
        {
            "S": {
                **thing(None, a=TEXT, b=TEXT),
                "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
                "oneOf": [thing(None, c=TEXT), thing(None, d=NUMBER)],
            }
        },
        "S",
        ['{"a":"1","d":2}'],
    ),
    (
        "wide",
        "3.1.0",
        {"S": thing(None, v={"type": ["string", "integer", "null"], "enum": ["a", 1, None]})},
        "S",
        ['{"v":"a"}', '{"v":1}', '{"v":null}', '{"v":"zz"}'],
    ),
    (
        "type list w object props 3.1",
        "3.1.0",
        {
            "S": thing(
                None,
                v={"type": ["object", "null"], "properties": {"a": NUMBER}, "required": ["a"]},
                w={"type": ["array", "string"], "items": NUMBER},
            )
        },
        "S",
        ['{"v":null,"w":"x"}', '{"v":{"a":1},"w":[1]}'],
    ),
    (
        "ref to nullable union",
        "3.1.0",
        {
            "U": {"anyOf": [thing(None, a=NUMBER), thing(None, b=NUMBER), {"type": "null"}]},
            "S": thing(["u"], u=ref("U"), w={"allOf": [ref("U"), {"description": "x"}]}),
        },
        "S",
        ['{"u":null,"w":null}', '{"u":{"b":1},"w":{"a":2}}'],
    ),
    (
        "allOf of nullable union and props",
        "3.1.0",
        {
            "U": {"anyOf": [thing(None, a=NUMBER), thing(None, b=NUMBER)]},
            "S": {"allOf": [ref("U"), ref("V")]},
            "V": {"oneOf": [thing(None, c=NUMBER), thing(None, d=NUMBER)]},
        },
        "S",
        ['{"b":1,"c":2}', '{"a":1,"d":2}'],
    ),
    (
        "map narrowing",
        "3.0.3",
        {
            "M": {"type": "object", "additionalProperties": {"type": "string"}},
            "S": thing(None, m={"allOf": [ref("M"), {"maxProperties": 2}]}),
        },
        "S",
        ['{"m":{"a":"b"}}'],
    ),
    (
        "3.1 ref nullable anyOf",
        "3.1.0",
        {
            "E": {"type": "string", "enum": ["x"]},
            "S": thing(None, e={"anyOf": [ref("E"), {"type": "null"}]}, f={"oneOf": [{"type": "null"}, ref("E")]}),
        },
        "S",
        ['{"e":null,"f":"y"}'],
    ),
    (
        "not only",
        "3.1.0",
        {
            "S": thing(
                None,
                v={"not": {"type": "string"}},
                w={"type": "object", "not": {"required": ["a"]}, "properties": {"b": NUMBER}},
            )
        },
        "S",
        ['{"v":[1],"w":{"b":1}}', '{"v":null}'],
    ),
    (
        "contains",
        "3.1.0",
        {"S": thing(None, v={"type": "array", "contains": NUMBER, "minContains": 1}, w={"contains": NUMBER})},
        "S",
        ['{"v":[1,"x"],"w":[1]}'],
    ),
    (
        "deps",
        "3.1.0",
        {
            "S": {
                "type": "object",
                "properties": {"a": TEXT},
                "dependentSchemas": {"a": {"properties": {"b": thing(None, c=NUMBER)}, "required": ["b"]}},
            }
        },
        "S",
        ['{"a":"x","b":{"c":1}}'],
    ),
    (
        "unevaluated true beside",
        "3.1.0",
        {"S": {"allOf": [thing(None, a=NUMBER)], "unevaluatedProperties": True}},
        "S",
        ['{"a":1,"z":[1]}'],
    ),
    (
        "patternProperties in allOf part",
        "3.1.0",
        {"S": {"allOf": [{"type": "object", "patternProperties": {"^x": NUMBER}}, thing(None, a=TEXT)]}},
        "S",
        ['{"a":"1","x1":2}'],
    ),
    (
        "big oneOf same shapes",
        "3.0.3",
        {
            "S": thing(
                None,
                v={
                    "oneOf": [
                        thing(["k"], k={"type": "string", "enum": [f"t{i}"]}, p=NUMBER, **{f"q{i}": TEXT})
                        for i in range(20)
                    ]
                },
            )
        },
        "S",
        ['{"v":{"k":"t13","p":1}}', '{"v":{"k":"new","q7":"x"}}'],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_it_goes_back_as_it_came(case: Case, generate: Generates, read: Reads) -> None:
    goes_back(case, generate, read)
