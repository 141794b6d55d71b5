"""Reading parameters by style and type."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.simulator.parameters import ABSENT, ParameterSource, names_of, read_parameter

SCHEMAS = Schemas({"openapi": "3.0.3", "paths": {}})
INTEGERS = {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"x": {"type": "integer"}, "name": {"type": "string"}}}


def read(parameter, *, query="", path=None, headers=None, cookies=None):
    source = ParameterSource(path or {}, tuple(parse_qsl(query, keep_blank_values=True)), headers or {}, cookies or {})
    return read_parameter(SCHEMAS, {"name": "p", **parameter}, source)


@pytest.mark.parametrize(
    ("schema", "query", "value"),
    [
        ({"type": "integer"}, "p=12", 12),
        ({"type": "integer"}, "p=012", "012"),
        ({"type": "integer"}, "p=", ""),
        ({"type": "integer"}, "p=1&p=2", ["1", "2"]),
        ({"type": "number"}, "p=1e3", 1000.0),
        ({"type": "boolean"}, "p=true", True),
        ({"type": "boolean"}, "p=True", "True"),
        ({"type": "string"}, "p=12", "12"),
        ({"type": "string"}, "p=a%26b%3D1", "a&b=1"),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, "p=x", "x"),
        ({"type": "string"}, "q=1", ABSENT),
        ({"type": "array", "items": POINT}, "p=x&p=name", ABSENT),
        (INTEGERS, "p=1&p=2", [1, 2]),
        (INTEGERS, "p=1", [1]),
        (INTEGERS, "p=1,2", ["1,2"]),
        ({"type": "array", "items": INTEGERS}, "p=[1,2]&p=[3]", [[1, 2], [3]]),
        ({"type": "array", "items": INTEGERS}, "p=[]", [[]]),
        ({"type": "array", "items": {"type": "string"}}, "p=[1]&p={}", ["[1]", "{}"]),
        ({"type": "array", "items": INTEGERS}, "p=[1", [["[1"]]),
        ({"type": "array", "prefixItems": [{"type": "number"}, {"type": "boolean"}]}, "p=1&p=true", [1.0, True]),
        ({"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "integer"}}, "p=1&p=2", [1, 2]),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}, "p=1", ["1"]),
        (POINT, "x=1&name=2", {"x": 1, "name": "2"}),
        ({"type": "object", "properties": {"s": INTEGERS}}, "s=1", {"s": [1]}),
        ({"type": "object", "properties": {"s": INTEGERS}}, "s=1&s=2", {"s": [1, 2]}),
        (POINT, "", ABSENT),
    ],
)
def test_form(schema, query, value):
    assert read({"in": "query", "schema": schema}, query=query) == value


@pytest.mark.parametrize(
    ("required", "query", "value"),
    [
        (False, "name=a", ABSENT),
        (False, "name=a&x=1", {"x": 1, "name": "a"}),
        (False, "x=1", {"x": 1}),
        (False, "", ABSENT),
        # A required one is there whatever is sent.
        (True, "name=a", {"name": "a"}),
        (True, "", {}),
    ],
)
def test_a_name_that_is_another_parameter_too_makes_no_optional_object(required, query, value):
    parameter = {"name": "p", "in": "query", "required": required, "schema": POINT}
    source = ParameterSource({}, tuple(parse_qsl(query)), {}, {})
    others = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ("name", "q")]
    assert read_parameter(SCHEMAS, parameter, source, others) == value


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({"schema": POINT}, {"x", "name"}),
        ({"schema": POINT, "explode": False}, {"p"}),
        ({"schema": POINT, "style": "deepObject"}, {"p"}),
        ({"schema": {"allOf": [POINT, {"properties": {"y": {}}}]}}, {"x", "name", "y"}),
        ({"schema": INTEGERS}, {"p"}),
        ({"schema": {"type": "string"}}, {"p"}),
        ({"content": {"application/json": {"schema": POINT}}}, {"p"}),
    ],
)
def test_what_a_parameter_is_called_on_the_wire(more, names):
    assert names_of(SCHEMAS, {"name": "p", "in": "query", **more}) == names


@pytest.mark.parametrize(
    ("style", "explode", "schema", "query", "value"),
    [
        ("form", False, INTEGERS, "p=1,2", [1, 2]),
        ("spaceDelimited", False, INTEGERS, "p=1%202", [1, 2]),
        ("pipeDelimited", False, INTEGERS, "p=1|2", [1, 2]),
        ("deepObject", True, POINT, "p[x]=1&p[name]=a", {"x": 1, "name": "a"}),
        ("form", False, POINT, "p=x,1,name,a", {"x": 1, "name": "a"}),
    ],
)
def test_query_styles(style, explode, schema, query, value):
    assert read({"in": "query", "style": style, "explode": explode, "schema": schema}, query=query) == value


@pytest.mark.parametrize(
    ("style", "explode", "schema", "raw", "value"),
    [
        ("simple", False, {"type": "integer"}, "5", 5),
        ("simple", False, {"type": "string"}, "a%2Fb", "a/b"),
        ("simple", False, INTEGERS, "1,2", [1, 2]),
        ("simple", False, {"type": "array", "items": {"type": "string"}}, "a%2Cb,c", ["a,b", "c"]),
        ("simple", True, POINT, "x=1,name=a", {"x": 1, "name": "a"}),
        ("label", False, {"type": "integer"}, ".5", 5),
        ("label", True, INTEGERS, ".1.2", [1, 2]),
        ("matrix", False, {"type": "integer"}, ";p=5", 5),
        ("matrix", True, INTEGERS, ";p=1;p=2", [1, 2]),
        ("matrix", True, POINT, ";x=1;name=a%3Bb", {"x": 1, "name": "a;b"}),
        ("matrix", False, POINT, ";p=x,1,name,a", {"x": 1, "name": "a"}),
    ],
)
def test_path_styles(style, explode, schema, raw, value):
    assert read({"in": "path", "style": style, "explode": explode, "schema": schema}, path={"p": raw}) == value


def test_an_exploded_object_may_be_empty():
    assert read({"in": "query", "schema": POINT, "required": True}) == {}


def test_headers_cookies_and_content():
    assert read({"in": "header", "schema": INTEGERS}, headers={"p": "1, 2"}) == [1, 2]
    assert read({"in": "cookie", "schema": {"type": "integer"}}, cookies={"p": "3"}) == 3
    assert read({"in": "query", "content": {"application/json": {}}}, query='p={"a":1}') == {"a": 1}


NULL = {"type": "null"}
PAIR = {"type": "array", "minItems": 2, "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("schema", "query", "value"),
    [
        ({"anyOf": [INTEGERS, NULL]}, "p=1&p=2", [1, 2]),
        ({"anyOf": [INTEGERS, NULL]}, "p=1", [1]),
        ({"oneOf": [{"type": "integer"}, INTEGERS]}, "p=1&p=2", [1, 2]),
        ({"oneOf": [{"type": "integer"}, INTEGERS]}, "p=1", [1]),
        ({"oneOf": [{"type": "integer"}, PAIR]}, "p=1", 1),
        ({"oneOf": [{"type": "string"}, PAIR]}, "p=1", "1"),
        ({"oneOf": [{"type": "boolean"}, PAIR]}, "p=x", ["x"]),
        ({"allOf": [INTEGERS, {"maxItems": 3}]}, "p=1&p=2", [1, 2]),
        ({"anyOf": [{"oneOf": [NULL, INTEGERS]}]}, "p=1", [1]),
        (
            {"anyOf": [NULL, {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}]},
            "p=1&p=2",
            ["1", 2],
        ),
    ],
)
def test_a_list_in_a_composition_has_its_items(schema, query, value):
    assert read({"in": "query", "schema": schema}, query=query) == value
