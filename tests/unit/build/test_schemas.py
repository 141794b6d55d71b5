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
TEXT_SCHEMA = {"type": "string"}


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


def declared(api_of: Builds, **schemas: object) -> dict[str, object]:
    return dict(api_of({"openapi": "3.1.0", **components(**schemas)}).schemas)


INTEGERS = Array(Scalar(Kind.INTEGER))


@pytest.mark.parametrize(
    ("schema", "others"),
    [
        ({"type": ["object", "array"], "items": {"type": "integer"}}, [INTEGERS]),
        ({"type": ["array", "object"], "items": {"type": "integer"}}, [INTEGERS]),
        ({"type": ["string", "object"]}, [TEXT]),
        ({"type": ["object", "integer"], "patternProperties": {"^x": {"type": "string"}}}, [Scalar(Kind.INTEGER)]),
        ({"type": ["object", "string", "boolean"]}, [TEXT, Scalar(Kind.BOOLEAN)]),
    ],
)
def test_an_object_among_several_types_is_a_member_of_a_component(
    schema: dict[str, object], others: list[object], api_of: Builds
) -> None:
    schemas = declared(api_of, A={**schema, "properties": {"a": TEXT_SCHEMA, "again": {"$ref": key("A")}}})
    alias, struct = schemas[key("A")], schemas[f"{key('A')}/type"]
    assert isinstance(alias, Alias)
    assert isinstance(struct, Struct)
    assert isinstance(alias.type, Union)
    assert set(alias.type.members) == {Ref(struct.key), *others}
    assert struct.wire_name == "A_object"
    assert [field.type for field in struct.fields] == [TEXT, Ref(key("A"))]


def test_null_beside_an_object_and_another_type(api_of: Builds) -> None:
    schemas = declared(
        api_of,
        A={"type": ["object", "array", "null"], "properties": {"a": TEXT_SCHEMA}, "items": {"type": "integer"}},
        B={"type": "object", "properties": {"a": {"$ref": key("A")}}},
    )
    alias, holder = schemas[key("A")], schemas[key("B")]
    assert isinstance(alias, Alias)
    assert alias.type == Nullable(Union((Ref(f"{key('A')}/type"), INTEGERS)))
    assert isinstance(holder, Struct)
    assert holder.fields[0].type == Nullable(Ref(key("A")))


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ({"properties": {"b": TEXT_SCHEMA}}, Struct),
        ({"type": "object", "properties": {"b": {"$ref": key("A")}}}, Struct),
        ({"enum": ["a", "b"]}, Enumeration),
        ({"type": ["object", "string"], "properties": {"b": TEXT_SCHEMA}}, Alias),
        ({"type": "array", "items": {"type": "integer"}}, Alias),
    ],
)
def test_a_component_that_wraps_one_schema_is_that_schema(part: object, kind: type, api_of: Builds) -> None:
    schemas = declared(api_of, A={"allOf": [part], "description": "Wrapped."})
    assert type(schemas[key("A")]) is kind
    assert schemas[key("A")].wire_name == "A"  # type: ignore[attr-defined]
    assert not any("allOf" in name for name in schemas)


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"type": "integer", "enum": [1.0, 2.0]}, [1, 2]),
        ({"type": "integer", "enum": [1, 1.0, 2]}, [1, 2]),
        ({"type": ["integer", "null"], "enum": [3.0, None]}, [3]),
        ({"allOf": [{"type": "integer"}, {"enum": [1.0, 2.0]}]}, [1, 2]),
    ],
)
def test_integers_are_integers_however_they_are_written(schema: object, values: list[int], api_of: Builds) -> None:
    found = declared(api_of, A=schema)[key("A")]
    assert isinstance(found, Enumeration | Alias)
    if isinstance(found, Alias):
        (found,) = [each for each in declared(api_of, A=schema).values() if isinstance(each, Enumeration)]
    assert (found.kind, [member.value for member in found.members]) == (Kind.INTEGER, values)
    assert all(type(member.value) is int for member in found.members)


@pytest.mark.parametrize(
    ("step", "whole"), [(2.5, 5), (0.5, None), (0.01, None), (3.0, 3), (7, 7), (1.2, 6), (1e300, None)]
)
def test_the_step_between_integers_is_an_integer(step: float, whole: int | None, api_of: Builds) -> None:
    found = only_type(api_of, {"type": "integer", "multipleOf": step})
    assert isinstance(found, Scalar)
    assert found.constraints.multiple_of == whole


@pytest.mark.parametrize("pattern", ["", ".*", "^.*$", "^", "^.*", "(.*)"])
def test_a_pattern_that_fits_every_name_says_what_all_are(
    pattern: str, api_of: Builds, diagnostics: Diagnostics
) -> None:
    schemas = declared(
        api_of,
        A={"type": "object", "patternProperties": {pattern: {"type": "integer"}}, "additionalProperties": False},
        B={"type": "object", "properties": {"a": TEXT_SCHEMA}, "patternProperties": {pattern: {"type": "integer"}}},
    )
    map_, struct = schemas[key("A")], schemas[key("B")]
    assert isinstance(map_, Alias)
    assert map_.type == Map(Scalar(Kind.INTEGER))
    assert isinstance(struct, Struct)
    assert struct.additional == Scalar(Kind.INTEGER)


@pytest.mark.parametrize("pattern", [".", ".+", "^$", "^x", "a.*"])
def test_any_other_pattern_leaves_room_for_more(pattern: str, api_of: Builds) -> None:
    found = declared(api_of, A={"type": "object", "patternProperties": {pattern: {"type": "integer"}}})[key("A")]
    assert isinstance(found, Alias)
    assert found.type == Map(ANY)
