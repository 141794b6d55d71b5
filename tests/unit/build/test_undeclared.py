"""Properties that are required but nowhere described, and schemas that say nothing but themselves."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.ir import ANY, Alias, Struct

from .conftest import Builds, components

TEXT = {"type": "string"}
PET = {"type": "object", "required": ["name", "photoUrls"], "properties": {"name": TEXT}}


def fields(api_of: Builds, schema: dict[str, Any], **others: Any) -> list[tuple[str, bool, bool]]:
    """Name, whether it is required, and whether it may be anything."""
    found = api_of(components(S=schema, **others)).schemas["#/components/schemas/S"]
    assert isinstance(found, Struct)
    return [(field.wire_name, field.required, field.type == ANY) for field in found.fields]


@pytest.mark.parametrize(
    ("schema", "others", "expected"),
    [
        (PET, {}, [("name", True, False), ("photoUrls", False, True)]),
        (
            {
                "allOf": [
                    {"$ref": "#/components/schemas/Pet"},
                    {"required": ["bark", "collar"], "properties": {"bark": TEXT}},
                ]
            },
            {"Pet": PET},
            [("bark", True, False), ("collar", False, True)],
        ),
        (
            {"allOf": [PET, {"properties": {"photoUrls": TEXT}}]},
            {},
            [("name", True, False), ("photoUrls", True, False)],
        ),
        (
            {"oneOf": [{"required": ["b"]}, {"required": ["a"]}], "properties": {"a": TEXT}},
            {},
            [("a", False, False), ("b", False, True)],
        ),
        (
            {"anyOf": [{"required": ["a", "c"]}, {"not": {"required": ["b"]}}], "properties": {"a": TEXT}},
            {},
            [("a", False, False), ("c", False, True)],
        ),
        (
            {
                "allOf": [
                    {"$ref": "#/components/schemas/Pet"},
                    {"oneOf": [{"required": ["id"]}, {"required": ["name"]}]},
                ]
            },
            {"Pet": PET},
            [("id", False, True)],
        ),
        (
            {"properties": {"a": TEXT}, "additionalProperties": False, "anyOf": [{"required": ["b"]}]},
            {},
            [("a", False, False)],
        ),
        ({**PET, "additionalProperties": False}, {}, [("name", True, False)]),
        ({**PET, "additionalProperties": True}, {}, [("name", True, False)]),
    ],
)
def test_a_required_property_that_is_not_declared(
    api_of: Builds, schema: dict[str, Any], others: dict[str, Any], expected: list[tuple[str, bool, bool]]
) -> None:
    assert fields(api_of, schema, **others) == expected


@pytest.mark.parametrize(
    ("schemas", "is_any"),
    [
        ({"S": {"allOf": [{"$ref": "#/components/schemas/S"}]}}, True),
        (
            {
                "S": {"anyOf": [{"$ref": "#/components/schemas/T"}]},
                "T": {"anyOf": [{"$ref": "#/components/schemas/S"}]},
            },
            True,
        ),
        ({"S": {"oneOf": [{"$ref": "#/components/schemas/S"}, {"type": "string"}]}}, False),
    ],
)
def test_a_schema_of_itself_alone_may_be_anything(api_of: Builds, schemas: dict[str, Any], is_any: bool) -> None:
    found = api_of(components(**schemas)).schemas["#/components/schemas/S"]
    assert isinstance(found, Alias)
    assert (found.type == ANY) is is_any


ASKS = {"type": "object", "required": ["kind"], "properties": {"a": TEXT}}
SOME = {"type": "object", "properties": {"a": TEXT}, "anyOf": [{"required": ["x"]}, {"required": ["y"]}]}


def of(base: str, **said: Any) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{base}"}, said]}


@pytest.mark.parametrize(
    ("base", "schema", "own"),
    [
        (ASKS, of("Base", properties={"kind": {}}), ["a", "kind"]),
        (ASKS, of("Base", properties={"kind": TEXT, "b": TEXT}), ["a", "kind", "b"]),
        (ASKS, of("Base", required=["kind"], properties={"b": TEXT}), ["b"]),
        (SOME, of("Base", properties={"x": TEXT}), ["a", "x", "y"]),
        (SOME, of("Base", required=["x", "z"], properties={"b": TEXT}), ["b", "z"]),
        (SOME, of("Base", properties={"b": TEXT}), ["b"]),
        ({**ASKS, "additionalProperties": TEXT}, of("Base", properties={"kind": TEXT}), ["a", "kind"]),
    ],
)
def test_what_a_base_only_asks_for_is_no_field_twice(
    api_of: Builds, base: dict[str, Any], schema: dict[str, Any], own: list[str]
) -> None:
    api = api_of(components(S=schema, Base=base))
    found, above = (api.schemas[f"#/components/schemas/{name}"] for name in ("S", "Base"))
    assert isinstance(found, Struct)
    assert isinstance(above, Struct)

    names = [field.wire_name for field in found.fields]
    assert sorted(names) == sorted(own)
    assert found.base is None or set(names).isdisjoint(field.wire_name for field in above.fields)
