"""A base with a discriminator stands for its subtypes, wherever it is referred to."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import msgspec
import pytest
from vcsdk.ir.finite import all_fields

from tests.unit.emitters.conftest import Generates, Reads, ref, schemas
from tests.unit.emitters.test_models import decode, encode

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}


def base(**discriminator: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": TEXT, "name": TEXT},
        "discriminator": {"propertyName": "kind", **discriminator},
    }


def child(parent: str = "Shape", **fields: Any) -> dict[str, Any]:
    return {"allOf": [ref(parent), {"type": "object", "properties": fields}]}


def mapping(**names: str) -> dict[str, Any]:
    return {"mapping": {value: f"#/components/schemas/{name}" for value, name in names.items()}}


BOX = {
    "type": "object",
    "properties": {"it": ref("Shape"), "all": {"type": "array", "items": ref("Shape")}},
}
SHAPES = schemas(
    Shape=base(**mapping(CIRCLE="Circle", SQUARE="Square")),
    Circle=child(r=NUMBER),
    Square=child(side=NUMBER),
    Box=BOX,
)


@pytest.fixture
def shapes(generate: Generates) -> ModuleType:
    return generate(**SHAPES)


def test_a_reference_to_the_base_decodes_as_its_subtypes(shapes: ModuleType) -> None:
    models = shapes.models
    text = '{"it":{"kind":"CIRCLE","name":"a","r":1},"all":[{"kind":"SQUARE","side":2},{"kind":"CIRCLE"}]}'
    box = decode(shapes, models.Box, text)
    assert type(box.it) is models.Circle
    assert (box.it.name, box.it.r) == ("a", 1)
    assert [type(shape) for shape in box.all] == [models.Square, models.Circle]
    assert json.loads(encode(shapes, box)) == json.loads(text)


def test_subtypes_remain_subclasses_and_know_their_own_kind(shapes: ModuleType) -> None:
    circle = shapes.models.Circle(name="a", r=2)
    assert isinstance(circle, shapes.models.Shape)
    assert json.loads(encode(shapes, circle)) == {"kind": "CIRCLE", "name": "a", "r": 2}


def test_a_kind_of_a_newer_server_loses_nothing(shapes: ModuleType) -> None:
    text = '{"it":{"kind":"STAR","name":"a","points":[5]}}'
    box = decode(shapes, shapes.models.Box, text)
    assert box.it == {"kind": "STAR", "name": "a", "points": [5]}
    assert json.loads(encode(shapes, box)) == json.loads(text)


def test_a_known_kind_is_checked_and_the_place_is_named(shapes: ModuleType) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"Expected `int | null`, got `str` in `r` - at `\$.all\[0\]`"):
        decode(shapes, shapes.models.Box, '{"all":[{"kind":"CIRCLE","r":"x"}]}')


def test_the_base_is_a_member_where_a_value_names_it(generate: Generates) -> None:
    rates = schemas(
        Shape=base(**mapping(plain="Shape", CIRCLE="Circle")), Circle=child(r=NUMBER), Deep=child("Circle"), Box=BOX
    )
    package = generate(**rates)
    models = package.models
    text = '{"all":[{"kind":"plain","name":"a"},{"kind":"CIRCLE","r":1},{"kind":"Deep","r":2}]}'
    box = decode(package, models.Box, text)
    assert [type(shape) for shape in box.all] == [models.Shape, models.Circle, models.Deep]
    assert json.loads(encode(package, box)) == json.loads(text)


def test_without_a_mapping_names_of_schemas_count(generate: Generates) -> None:
    package = generate(**schemas(Shape=base(), Circle=child(r=NUMBER), Box=BOX))
    box = decode(package, package.models.Box, '{"all":[{"kind":"Circle","r":1},{"kind":"Shape"}]}')
    assert [type(shape) for shape in box.all] == [package.models.Circle, package.models.Shape]


def test_a_child_that_adds_nothing_is_a_class_of_its_own(generate: Generates) -> None:
    bare = {"allOf": [ref("Shape")], "description": "No more than that."}
    package = generate(**schemas(Shape=base(), Circle=child(r=NUMBER), Bare=bare, Box=BOX))
    box = decode(package, package.models.Box, '{"it":{"kind":"Bare","name":"n"}}')
    assert type(box.it) is package.models.Bare


def test_a_middle_of_the_family_stands_for_what_is_below_it(generate: Generates) -> None:
    named = schemas(
        Shape=base(**mapping(c="Circle", d="Disc", s="Square")),
        Circle=child(r=NUMBER),
        Disc=child("Circle", h=NUMBER),
        Square=child(side=NUMBER),
        Box={"type": "object", "properties": {"round": ref("Circle")}},
    )
    package = generate(**named)
    models = package.models
    kinds = [decode(package, models.Box, f'{{"round":{{"kind":"{kind}"}}}}').round for kind in "cds"]
    assert [type(kind) for kind in kinds] == [models.Circle, models.Disc, dict]


def test_a_field_may_refer_to_the_base_with_words_beside_the_reference(generate: Generates) -> None:
    field = {"allOf": [ref("Shape")], "description": "The shape."}
    package = generate(
        **schemas(Shape=base(), Circle=child(r=NUMBER), Box={"type": "object", "properties": {"it": field}})
    )
    assert type(decode(package, package.models.Box, '{"it":{"kind":"Circle"}}').it) is package.models.Circle


def test_families_may_be_recursive_and_nullable(generate: Generates) -> None:
    nested = {"type": "array", "items": ref("Shape")}
    package = generate(
        **schemas(
            Shape=base(),
            Group=child(members=nested, first={"nullable": True, "allOf": [ref("Shape")]}),
            Box=BOX,
        )
    )
    text = '{"it":{"kind":"Group","members":[{"kind":"Group","members":[]}],"first":null}}'
    box = decode(package, package.models.Box, text)
    assert type(box.it.members[0]) is package.models.Group
    assert json.loads(encode(package, box)) == json.loads(text)


def test_values_that_members_fix_themselves_tell_them_apart(generate: Generates) -> None:
    """Many descriptions give neither a mapping nor schemas called like the values."""
    pet = [{"type": "object", "properties": {"kind": {"type": "string", "enum": [kind]}}} for kind in ("cat", "dog")]
    union = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
    package = generate(**schemas(Cat=pet[0], Dog=pet[1], Pet=union))
    for kind in ("cat", "dog"):
        value = decode(package, package.models.Pet, f'{{"kind":"{kind}"}}')
        assert type(value).__name__ == kind.capitalize()
        assert encode(package, value) == f'{{"kind":"{kind}"}}'


def test_a_family_inside_a_union_keeps_its_discriminator(generate: Generates) -> None:
    either = {"oneOf": [TEXT, ref("Shape")]}
    package = generate(**schemas(Shape=base(), Circle=child(r=NUMBER), Either=either))
    assert decode(package, package.models.Either, '"x"') == "x"
    assert type(decode(package, package.models.Either, '{"kind":"Circle"}')) is package.models.Circle
    assert decode(package, package.models.Either, '{"kind":"Star","n":1}') == {"kind": "Star", "n": 1}


def test_the_union_is_named_after_the_base_and_stands_in_its_module(read: Reads) -> None:
    named = {schema.name: schema for schema in read(**SHAPES).api.schemas.values()}
    assert named["AnyShape"].module == named["Shape"].module


def test_one_tag_cannot_serve_two_unions(generate: Generates) -> None:
    union = {"oneOf": [ref("Circle")], "discriminator": {"propertyName": "type", **mapping(c="Circle")}}
    package = generate(**schemas(Shape=base(), Circle=child(r=NUMBER, type=TEXT), Other=union, Box=BOX))
    models = package.models
    assert type(decode(package, models.Other, '{"type":"c","kind":"Circle"}')) is models.Circle
    circle = decode(package, models.Box, '{"it":{"kind":"Circle","type":"c"}}').it
    assert json.loads(encode(package, circle)) == {"kind": "Circle", "type": "c"}


def test_a_schema_called_discriminator_is_one_like_any(generate: Generates) -> None:
    named = {
        "discriminator": base(),
        "Kind": child("discriminator", a=TEXT),
        "Box": {"properties": {"discriminator": BOX}},
    }
    models = generate(**schemas(Shape=base(), Circle=child(), **named)).models
    assert models.Discriminator(kind="x").kind == "x"
    assert {"AnyShape", "Discriminator", "Kind"} <= set(models.__all__)


WHOLE = {"allOf": [ref("Shape")]}
"""What says no more than that it is one of the family, and all the ways to say that."""


@pytest.mark.parametrize(
    "square",
    [
        WHOLE,
        {"allOf": [ref("Shape"), {"type": "object"}]},
        {"allOf": [{"type": "object"}, ref("Shape")]},
        {"allOf": [ref("Shape"), {"type": ["object"]}, {}]},
        {"allOf": [WHOLE]},
        {"allOf": [WHOLE, {"type": "object"}], "type": "object"},
        {"allOf": [ref("Shape"), ref("Square")]},
        {"allOf": [ref("Shape"), ref("Alike")]},
        {"allOf": [{**ref("Shape"), "description": "One."}], "type": "object"},
    ],
)
def test_a_subtype_that_adds_nothing_is_one_however_it_says_so(generate: Generates, square: dict[str, Any]) -> None:
    both = {"allOf": [ref("Shape")], "properties": {"more": TEXT}, "anyOf": [ref("Circle"), ref("Square")]}
    named = {"CIRCLE": "Circle", "SQUARE": "Square"}
    alike = {"allOf": [ref("Square")]}
    parts = {"Shape": base(**mapping(**named)), "Circle": child(r=NUMBER), "Square": square, "Both": both}
    package = generate(openapi="3.1.0", **schemas(**parts, Alike=alike, Box={**BOX, "properties": {"it": ref("Both")}}))
    text = '{"it":{"kind":"SQUARE","name":"a","more":"b"}}'
    box = decode(package, package.models.Box, text)
    assert (box.it.name, box.it.more) == ("a", "b")
    assert json.loads(encode(package, box)) == json.loads(text)


@pytest.mark.parametrize("inner", [{}, {"type": "object"}, {"properties": {"y": NUMBER}}])
def test_schemas_that_hold_each_other_are_the_same(generate: Generates, inner: dict[str, Any]) -> None:
    left = {"allOf": [ref("Right"), {"properties": {"x": TEXT}}]}
    right = {"allOf": [ref("Left"), inner]}
    package = generate(**schemas(Left=left, Right=right, Own={"allOf": [ref("Own"), {"properties": {"x": TEXT}}]}))
    for name in ("Left", "Right", "Own"):
        assert decode(package, getattr(package.models, name), '{"x":"a"}').x == "a"


def test_a_property_beside_a_reference_is_not_lost(generate: Generates) -> None:
    square = {"allOf": [{**ref("Shape"), "properties": {"side": NUMBER}}]}
    named = mapping(CIRCLE="Circle", SQUARE="Square")
    parts = {"Shape": base(**named), "Circle": child(r=NUMBER), "Square": square, "Box": BOX}
    package = generate(openapi="3.1.0", **schemas(**parts))
    box = decode(package, package.models.Box, '{"it":{"kind":"SQUARE","name":"a","side":2}}')
    assert (type(box.it), box.it.side) == (package.models.Square, 2)


@pytest.mark.parametrize(
    "middle", [{"type": "object", "allOf": [ref("Lamp")]}, {"allOf": [ref("Lamp"), {"type": "object"}]}, ref("Lamp")]
)
def test_what_inherits_from_another_name_has_all_fields(reads_struct: Any, middle: dict[str, Any]) -> None:
    lamp = {"type": "object", "required": ["watts"], "properties": {"watts": NUMBER}}
    assert reads_struct(Lamp=lamp, Also=middle, Bright={"allOf": [ref("Also"), {"properties": {"x": TEXT}}]}) == {
        "watts",
        "x",
    }


@pytest.fixture
def reads_struct(read: Reads) -> Any:
    """The fields of `Bright`, as the stages behind see them."""

    def fields(**named: Any) -> set[str]:
        api = read(**schemas(**named)).api
        return {f.wire_name for f in all_fields(api.schemas["#/components/schemas/Bright"], api.schemas)}

    return fields
