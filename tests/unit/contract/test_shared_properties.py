"""A property that several parts of an object describe has what each of them lists."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from tests.unit.contract.wholes import with_components

TEXT = {"type": "string"}
SCHEMAS: dict[str, Any] = {
    "Base": {"type": "object", "properties": {"links": {"type": "object", "properties": {"self": TEXT}}, "id": TEXT}},
    "Listed": {
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"properties": {"links": {"type": "object", "properties": {"next": TEXT}}}},
        ]
    },
    "Deeper": {
        "allOf": [
            {"$ref": "#/components/schemas/Listed"},
            {"properties": {"links": {"type": "object", "properties": {"prev": TEXT}}}},
        ]
    },
    "Either": {
        "properties": {"links": {"type": "object", "properties": {"self": TEXT}}},
        "oneOf": [
            {"required": ["n"], "properties": {"n": TEXT, "links": {"type": "object", "properties": {"next": TEXT}}}},
            {"required": ["m"], "properties": {"m": TEXT}},
        ],
    },
    "Apart": {
        "oneOf": [
            {"required": ["n"], "properties": {"n": TEXT, "links": {"type": "object", "properties": {"next": TEXT}}}},
            {"required": ["m"], "properties": {"m": TEXT, "links": {"type": "object", "properties": {"prev": TEXT}}}},
        ]
    },
    "Own": {
        "allOf": [{"$ref": "#/components/schemas/Base"}],
        "properties": {"links": {"type": "object", "properties": {"next": TEXT}}},
    },
    "Alone": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"more": TEXT}}]},
    "Itself": {
        "properties": {"links": {"type": "object", "properties": {"self": TEXT}}},
        "anyOf": [{"$ref": "#/components/schemas/Itself"}, {"required": ["links"]}],
    },
}


def departs(name: str, value: Any) -> bool:
    document = {"components": {"schemas": SCHEMAS}}
    schema = with_components({"$ref": f"#/components/schemas/{name}"}, document, closed=True, draft4=True)
    return not jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Listed", {"links": {"self": "a", "next": "b"}}),
        ("Deeper", {"id": "i", "links": {"self": "a", "next": "b", "prev": "c"}}),
        ("Either", {"n": "1", "links": {"self": "a", "next": "b"}}),
        ("Own", {"links": {"self": "a", "next": "b"}}),
        ("Alone", {"links": {"self": "a"}, "more": "b"}),
        ("Apart", {"m": "1", "links": {"prev": "a"}}),
    ],
)
def test_what_any_part_lists_is_documented(name: str, value: Any) -> None:
    assert not departs(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Base", {"links": {"self": "a", "next": "b"}}),
        ("Alone", {"links": {"self": "a", "next": "b"}}),
        ("Apart", {"m": "1", "links": {"next": "a"}}),
        ("Listed", {"links": {"self": 1, "next": "b"}}),
        ("Listed", {"links": {"self": "a", "next": 2}}),
    ],
)
def test_what_is_wrong_stays_so(name: str, value: Any) -> None:
    assert departs(name, value)


def test_what_is_made_of_itself_ends() -> None:
    assert isinstance(departs("Itself", {"links": {"self": "a"}}), bool)
