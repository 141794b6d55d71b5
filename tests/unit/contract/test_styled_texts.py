"""The contract suite reads texts by their styles, where it judges whether a server may have taken a request."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.suite.styles import unstyled

NUMBERS = {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"x": {"type": "integer"}}}
KNOWN = {"#/components/schemas/Numbers": NUMBERS}


def follow(node: Any) -> Any:
    return KNOWN[node["$ref"]] if isinstance(node, dict) and "$ref" in node else node


@pytest.mark.parametrize(
    ("place", "schema", "more", "text", "value"),
    [
        ("path", NUMBERS, {}, "1,2", ["1", "2"]),
        ("path", NUMBERS, {"style": "matrix", "explode": True}, ";p=1;p=2", ["1", "2"]),
        ("path", NUMBERS, {"style": "matrix"}, ";p=1,2", ["1", "2"]),
        ("path", NUMBERS, {"style": "label"}, ".1,2", ["1", "2"]),
        ("path", NUMBERS, {"style": "label", "explode": True}, ".1.2", ["1", "2"]),
        ("path", POINT, {"style": "matrix", "explode": True}, ";x=1;y=2", {"x": "1", "y": "2"}),
        ("path", POINT, {"style": "label", "explode": True}, ".x=1.y=2", {"x": "1", "y": "2"}),
        ("header", POINT, {"explode": True}, "x=1,y=", {"x": "1", "y": ""}),
        ("header", POINT, {}, "x,1,y,2", {"x": "1", "y": "2"}),
        ("cookie", NUMBERS, {"explode": False}, "1,2", ["1", "2"]),
        ("query", NUMBERS, {"style": "pipeDelimited", "explode": False}, "1|2", ["1", "2"]),
        ("query", NUMBERS, {}, "1,2", ["1,2"]),
        ("query", {"$ref": "#/components/schemas/Numbers"}, {"explode": False}, "1,2", ["1", "2"]),
        ("query", {"anyOf": [NUMBERS, {"type": "null"}]}, {"explode": False}, "1,2", ["1", "2"]),
        ("query", {"type": "string"}, {}, "1,2", "1,2"),
        ("query", NUMBERS, {}, ["1", "2"], ["1", "2"]),
    ],
)
def test_a_text_is_taken_apart(place: str, schema: Any, more: Any, text: Any, value: Any) -> None:
    assert unstyled(text, {"name": "p", "in": place, "schema": schema, **more}, follow) == value
