from __future__ import annotations

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import (
    ANY,
    Alias,
    Array,
    Constant,
    Constraints,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    Struct,
    Union,
)
from vcsdk.ir.unions import Strategy, strategy

from .conftest import Builds, components

TEXT = Scalar(Kind.STRING)


def key(name: str) -> str:
    return f"#/components/schemas/{name}"


def only_type(api_of: Builds, schema: object) -> object:
    """The type of the property `p` of a struct, as a schema in that place comes out."""
    api = api_of(components(S={"type": "object", "properties": {"p": schema}}, Other={"type": "object"}))
    struct = api.schemas[key("S")]
    assert isinstance(struct, Struct)
    return struct.fields[0].type


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, TEXT),
        ({"type": "string", "format": "date-time"}, Scalar(Kind.DATE_TIME, "date-time")),
        ({"type": "string", "format": "password"}, Scalar(Kind.PASSWORD, "password")),
        ({"type": "string", "format": "house-style"}, Scalar(Kind.STRING, "house-style")),
        ({"type": "integer", "format": "int64"}, Scalar(Kind.INTEGER, "int64")),
        (
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
            Scalar(Kind.INTEGER, None, Constraints(exclusive_minimum=1)),
        ),
        ({"type": "string", "nullable": True}, Nullable(TEXT)),
        ({"type": ["string", "null"]}, Nullable(TEXT)),
        ({"type": "array", "items": {"type": "string"}}, Array(TEXT)),
        ({"type": "object"}, Map(ANY)),
        ({"type": "object", "additionalProperties": {"type": "string"}}, Map(TEXT)),
        ({"type": "object", "additionalProperties": True}, Map(ANY)),
        ({}, ANY),
        ({"enum": ["only"]}, Ref(key("S/properties/p"))),
        ({"const": 3}, Ref(key("S/properties/p"))),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, Union((TEXT, Scalar(Kind.INTEGER)))),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Nullable(TEXT)),
        ({"enum": ["a", 1]}, Union((TEXT, Scalar(Kind.INTEGER)))),
        ({"enum": [True, 1]}, Union((Scalar(Kind.BOOLEAN), Scalar(Kind.INTEGER)))),
        ({"enum": [True]}, Scalar(Kind.BOOLEAN)),
        ({"enum": [None]}, Scalar(Kind.NULL)),
        ({"enum": [{"a": 1}]}, Map(ANY)),
        ({"allOf": [{"$ref": "#/components/schemas/Other"}], "description": "d"}, Ref(key("Other"))),
    ],
)
def test_a_schema_becomes_its_type(api_of: Builds, schema: object, expected: object) -> None:
    assert only_type(api_of, schema) == expected


def test_a_constant_of_31_stays_one(api_of: Builds) -> None:
    api = api_of({"openapi": "3.1.0", **components(S={"type": "object", "properties": {"p": {"const": 3}}})})
    struct = api.schemas[key("S")]
    assert isinstance(struct, Struct)
    assert struct.fields[0].type == Constant(3)


def test_an_inline_object_is_declared_under_its_place(api_of: Builds) -> None:
    api = api_of(components(Outer={"properties": {"inner": {"properties": {"x": {"type": "string"}}}}}))
    inner = api.schemas[key("Outer") + "/properties/inner"]
    assert isinstance(inner, Struct)
    assert inner.wire_name == "Outer_inner"


def test_mutual_recursion_ends(api_of: Builds) -> None:
    api = api_of(
        components(
            A={"properties": {"b": {"$ref": key("B")}}},
            B={"properties": {"a": {"type": "object", "additionalProperties": {"$ref": key("A")}}}},
        )
    )
    a, b = api.schemas[key("A")], api.schemas[key("B")]
    assert isinstance(a, Struct)
    assert isinstance(b, Struct)
    assert a.fields[0].type == Ref(key("B"))
    assert b.fields[0].type == Map(Ref(key("A")))


def test_a_nullable_enumeration_admits_null_where_it_is_used(api_of: Builds) -> None:
    api = api_of(
        components(E={"type": "string", "enum": ["A", "B", None]}, S={"properties": {"e": {"$ref": key("E")}}})
    )
    struct = api.schemas[key("S")]
    assert isinstance(struct, Struct)
    assert struct.fields[0].type == Nullable(Ref(key("E")))
    enumeration = api.schemas[key("E")]
    assert isinstance(enumeration, Enumeration)
    assert [m.value for m in enumeration.members] == ["A", "B"]


class TestComposition:
    def test_one_reference_and_own_properties_inherit(self, api_of: Builds) -> None:
        api = api_of(
            components(
                Base={"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
                Child={"allOf": [{"$ref": key("Base")}, {"properties": {"x": {"type": "string"}}, "required": ["x"]}]},
            )
        )
        child = api.schemas[key("Child")]
        assert isinstance(child, Struct)
        assert child.base == key("Base")
        assert [(f.wire_name, f.required) for f in child.fields] == [("x", True)]

    def test_a_narrowed_property_is_copied_instead(self, api_of: Builds) -> None:
        api = api_of(
            components(
                Base={"type": "object", "properties": {"id": {"type": "string"}, "n": {"type": "integer"}}},
                Child={"allOf": [{"$ref": key("Base")}], "type": "object", "required": ["id"]},
            )
        )
        child = api.schemas[key("Child")]
        assert isinstance(child, Struct)
        assert child.base is None
        assert [(f.wire_name, f.required) for f in child.fields] == [("id", True), ("n", False)]

    def test_two_references_are_merged(self, api_of: Builds) -> None:
        api = api_of(
            components(
                A={"properties": {"a": {"type": "string"}}},
                B={"properties": {"b": {"type": "string"}}},
                Both={"allOf": [{"$ref": key("A")}, {"$ref": key("B")}]},
            )
        )
        both = api.schemas[key("Both")]
        assert isinstance(both, Struct)
        assert [f.wire_name for f in both.fields] == ["a", "b"]

    def test_what_is_no_object_is_named(self, api_of: Builds, diagnostics: Diagnostics) -> None:
        api = api_of(
            components(Odd={"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "string"}]})
        )
        odd = api.schemas[key("Odd")]
        assert isinstance(odd, Alias)
        assert odd.type == ANY
        assert [d.rule for d in diagnostics] == ["unsupported-composition"]


class TestUnions:
    PETS = components(
        Cat={
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, "a": {"type": "string"}},
        },
        Dog={
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, "b": {"type": "string"}},
        },
        Pet={
            "oneOf": [{"$ref": key("Cat")}, {"$ref": key("Dog")}],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": key("Cat"), "dog": key("Dog")}},
        },
    )

    def test_members_are_tagged(self, api_of: Builds) -> None:
        api = api_of(self.PETS)
        cat, pet = api.schemas[key("Cat")], api.schemas[key("Pet")]
        assert isinstance(cat, Struct)
        assert isinstance(pet, Alias)
        assert isinstance(pet.type, Union)
        assert (cat.tag_field, cat.tag) == ("kind", "cat")
        assert [f.wire_name for f in cat.fields] == ["a"]
        assert strategy(pet.type, api.schemas) is Strategy.TAGGED

    def test_two_values_for_one_member_need_the_decoder(self, api_of: Builds) -> None:
        schemas = {**self.PETS["components"]["schemas"]}
        mapping = {"cat": key("Cat"), "kitten": key("Cat"), "dog": key("Dog")}
        schemas["Pet"] = {**schemas["Pet"], "discriminator": {"propertyName": "kind", "mapping": mapping}}
        api = api_of(components(**schemas))
        cat, pet = api.schemas[key("Cat")], api.schemas[key("Pet")]
        assert isinstance(cat, Struct)
        assert isinstance(pet, Alias)
        assert isinstance(pet.type, Union)
        assert cat.tag is None
        assert strategy(pet.type, api.schemas) is Strategy.ORDERED

    @pytest.mark.parametrize(
        ("members", "expected"),
        [
            ([{"type": "string"}, {"type": "integer"}], Strategy.NATIVE),
            ([{"type": "string"}, {"type": "string", "format": "uuid"}], Strategy.ORDERED),
            ([{"type": "integer"}, {"type": "number"}], Strategy.ORDERED),
            ([{"type": "object"}, {"type": "array", "items": {}}], Strategy.NATIVE),
        ],
    )
    def test_json_kinds_decide(self, api_of: Builds, members: list[object], expected: Strategy) -> None:
        union = api_of(components(U={"oneOf": members})).schemas[key("U")]
        assert isinstance(union, Alias)
        assert isinstance(union.type, Union)
        assert strategy(union.type, {}) is expected


def test_a_union_that_names_itself_is_what_its_members_come_to(api_of: Builds) -> None:
    api = api_of(
        components(
            A={"oneOf": [{"$ref": key("A")}, {"type": "string"}]},
            B={"oneOf": [{"$ref": key("C")}, {"type": "integer"}]},
            C={"oneOf": [{"$ref": key("B")}, {"type": "string"}]},
        )
    )
    types = [schema.type for schema in api.schemas.values() if isinstance(schema, Alias)]
    integer = Scalar(Kind.INTEGER)
    assert types[0] == TEXT
    assert {frozenset(t.members) for t in types[1:] if isinstance(t, Union)} == {frozenset({TEXT, integer})}


def test_an_extension_beside_a_reference_says_nothing_of_the_type(api_of: Builds) -> None:
    state = {"type": "string", "enum": ["ON"]}
    lamp = {"properties": {"state": {"allOf": [{"$ref": "#/components/schemas/State"}], "x-order": 1}}}
    api = api_of(components(State=state, Lamp=lamp))
    struct = api.schemas["#/components/schemas/Lamp"]
    assert isinstance(struct, Struct)
    assert struct.fields[0].type == Ref("#/components/schemas/State")
