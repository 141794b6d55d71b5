"""What the contract suite takes for the schema of an event's data."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.suite.streams import EVENTS, item_schema

A, B, TEXT = {"$ref": "#/A"}, {"$ref": "#/B"}, {"type": "string"}
KNOWN = {"#/A": {"type": "object"}, "#/B": {"type": "integer"}, "#/Event": {"properties": {"data": B}}}
JSON = {"type": "string", "contentMediaType": "application/json", "contentSchema": TEXT}


def event(data: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["data"], "properties": {"data": data, "event": {"const": "x"}, "id": TEXT}}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (A, A),
        (event(A), A),
        ({"$ref": "#/Event"}, B),
        (event(TEXT), None),
        (event(JSON), {"allOf": [TEXT]}),
        ({"oneOf": [event(A), event(B)]}, {"anyOf": [A, B]}),
        ({"anyOf": [event(A), {"$ref": "#/Event"}]}, {"anyOf": [A, B]}),
        ({"oneOf": [event(A)]}, {"anyOf": [A]}),
        ({"oneOf": [event(A), event(TEXT)]}, None),
        ({"oneOf": [A, B]}, {"oneOf": [A, B]}),
        ({"oneOf": [event(A), B]}, {"oneOf": [event(A), B]}),
        ({}, None),
    ],
)
def test_the_schema_of_an_events_data(item: Any, expected: Any) -> None:
    for media in ({"itemSchema": item}, {"schema": item}, {"schema": {"type": "array", "items": item}}):
        assert item_schema(EVENTS, media, KNOWN.__getitem__) == expected
