"""Generated models, imported and used."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref, schemas


def decode(package: Any, kind: Any, text: str) -> Any:
    hook = __import__(f"{package.__name__}._runtime.secret", fromlist=["dec_hook"]).dec_hook
    return msgspec.json.decode(text, type=kind, dec_hook=hook)


def encode(package: Any, value: Any) -> str:
    hook = __import__(f"{package.__name__}._runtime.secret", fromlist=["enc_hook"]).enc_hook
    return msgspec.json.encode(value, enc_hook=hook).decode()


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "string"}, '"x"', "x"),
        ({"type": "integer", "format": "int64"}, "9007199254740993", 9007199254740993),
        ({"type": "number", "format": "double"}, "1.5", 1.5),
        ({"type": "boolean"}, "true", True),
        (
            {"type": "string", "format": "date-time"},
            '"2024-06-25T08:00:00Z"',
            dt.datetime(2024, 6, 25, 8, tzinfo=dt.UTC),
        ),
        ({"type": "string", "format": "date"}, '"2024-06-25"', dt.date(2024, 6, 25)),
        ({"type": "string", "format": "duration"}, '"PT90S"', dt.timedelta(seconds=90)),
        ({"type": "string", "format": "uuid"}, f'"{uuid.UUID(int=7)}"', uuid.UUID(int=7)),
        ({"type": "string", "format": "byte"}, '"AAE="', b"\x00\x01"),
        ({}, '{"a":[1,null]}', {"a": [1, None]}),
        ({"type": "array", "items": {"type": "integer"}}, "[1,2]", [1, 2]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, '{"a":1}', {"a": 1}),
        ({"type": "string", "nullable": True}, "null", None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_kind_goes_both_ways(schema: Any, text: str, value: Any, generate: Generates) -> None:
    package = generate(**schemas(Box={"type": "object", "required": ["it"], "properties": {"it": schema}}))
    box = decode(package, package.models.Box, f'{{"it":{text}}}')
    assert box.it == value
    assert type(box.it) is type(value)
    assert encode(package, box) == f'{{"it":{text}}}'


def test_a_password_is_a_secret(generate: Generates) -> None:
    field = {"type": "string", "format": "password"}
    package = generate(**schemas(Login={"type": "object", "required": ["word"], "properties": {"word": field}}))
    login = decode(package, package.models.Login, '{"word":"hush"}')
    assert "hush" not in repr(login)
    assert encode(package, login) == '{"word":"hush"}'


def test_absent_null_and_present_are_three_things_only_where_null_is_allowed(generate: Generates) -> None:
    fields = {
        "plain": {"type": "string"},
        "maybe": {"type": "string", "nullable": True},
        "must": {"type": "string", "nullable": True},
    }
    package = generate(**schemas(Box={"type": "object", "required": ["must"], "properties": fields}))
    box = package.models.Box
    assert encode(package, box(must=None)) == '{"must":null}'
    assert encode(package, box(must="x", plain=None, maybe=None)) in (
        '{"must":"x","maybe":null}',
        '{"maybe":null,"must":"x"}',
    )
    assert decode(package, box, '{"must":"x"}').maybe is msgspec.UNSET
    assert decode(package, box, '{"must":"x"}').plain is None
    # Servers send null where the description only says "optional".
    assert decode(package, box, '{"must":"x","plain":null,"maybe":null}').plain is None
    with pytest.raises(msgspec.ValidationError, match="must"):
        decode(package, box, "{}")


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 3}, "3", "4"),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "2", "1"),
        ({"type": "integer", "multipleOf": 5}, "10", "7"),
        ({"type": "number", "minimum": 0.5}, "0.5", "0.25"),
        ({"type": "string", "minLength": 2, "maxLength": 3}, '"ab"', '"a"'),
        ({"type": "string", "pattern": "^[a-z]+$"}, '"ab"', '"A"'),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 1}, "[1]", "[1,2]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1}, '{"a":1}', "{}"),
        ({"type": "integer"}, "1", '"1"'),
        ({"type": "string"}, '"1"', "1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_constraints_are_checked(schema: Any, good: str, bad: str, generate: Generates) -> None:
    package = generate(**schemas(Box={"type": "object", "properties": {"it": schema}}))
    decode(package, package.models.Box, f'{{"it":{good}}}')
    with pytest.raises(msgspec.ValidationError):
        decode(package, package.models.Box, f'{{"it":{bad}}}')


def test_a_bound_or_pattern_that_python_cannot_hold_is_left_to_the_server(generate: Generates) -> None:
    fields = {
        "big": {"type": "integer", "maximum": 10**30},
        "odd": {"type": "string", "pattern": "\\p{L}"},
        "script": {"type": "string", "pattern": "\\p{Lu}"},
    }
    package = generate(**schemas(Box={"type": "object", "properties": fields}))
    assert decode(package, package.models.Box, '{"big":5,"odd":"x","script":"x"}').big == 5


def test_names_of_the_wire_stay(generate: Generates) -> None:
    fields = {name: {"type": "string"} for name in ("a-b", "class", "Some.Name", "é", "a b", "default")}
    package = generate(**schemas(Box={"type": "object", "required": list(fields), "properties": fields}))
    text = '{"a-b":"1","class":"2","Some.Name":"3","é":"4","a b":"5","default":"6"}'
    assert encode(package, decode(package, package.models.Box, text)) == text


def test_a_property_that_msgspec_cannot_name_makes_a_dict(generate: Generates) -> None:
    package = generate(**schemas(Box={"type": "object", "properties": {'a"b': {"type": "string"}}}))
    assert decode(package, package.models.Box, '{"a\\"b":"1"}') == {'a"b': "1"}


def test_fields_may_be_called_like_types(generate: Generates) -> None:
    names = [
        "str",
        "int",
        "float",
        "bool",
        "bytes",
        "list",
        "dict",
        "date",
        "datetime",
        "time",
        "timedelta",
        "uuid",
        "field",
        "any",
        "type",
        "object",
        "set",
    ]
    names += ["UNSET", "Meta", "Literal", "Annotated", "model", "msgspec", "builtins", "typing"]
    fields: dict[str, Any] = {name: {"type": "string", "nullable": True} for name in names}
    fields |= {
        "a": {"type": "array", "items": {"type": "string", "format": "date-time"}},
        "b": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
        "c-d": {"type": "string", "format": "uuid", "nullable": True},
        "e-f": {"type": "string", "format": "date"},
    }
    package = generate(**schemas(Box={"type": "object", "properties": fields}))
    text = '{"a":["2024-06-25T08:00:00Z"],"b":{"k":1},"c-d":null,"e-f":"2024-06-25"}'
    assert encode(package, decode(package, package.models.Box, text)) == text


def test_schemas_may_be_called_like_what_modules_import(generate: Generates) -> None:
    names = [
        "Model",
        "Any",
        "Annotated",
        "Meta",
        "OpenEnum",
        "TypeAlias",
        "UUID",
        "Literal",
        "Secret",
        "datetime",
        "TYPE_CHECKING",
        "list",
        "str",
        "None",
    ]
    named: dict[str, Any] = {
        name: {"type": "object", "properties": {"it": {"type": "integer", "minimum": 1}, "other": ref("Model")}}
        for name in names
    }
    named["Colour"] = {"type": "string", "enum": ["RED"]}
    named["Names"] = {"type": "array", "items": {}}
    package = generate(**schemas(**named))
    assert len(package.models.__all__) == len(names) + 2
    for name in package.models.__all__:
        decode(package, getattr(package.models, name), {"Colour": '"RED"', "Names": "[]"}.get(name, '{"it":1}'))


def test_enumerations_are_open(generate: Generates) -> None:
    package = generate(
        **schemas(
            Colour={"type": "string", "enum": ["RED", "dark-blue", "1"]},
            Level={"type": "integer", "enum": [1, 2]},
            Box={"type": "object", "properties": {"colour": ref("Colour"), "level": ref("Level")}},
        )
    )
    models = package.models
    box = decode(package, models.Box, '{"colour":"GREEN","level":7}')
    assert (box.colour, box.level) == ("GREEN", 7)
    assert isinstance(box.colour, models.Colour)
    assert encode(package, box) == '{"colour":"GREEN","level":7}'
    assert models.Colour("RED") is models.Colour.RED
    assert {member.value for member in models.Colour} == {"RED", "dark-blue", "1"}


def test_recursive_types(generate: Generates) -> None:
    package = generate(
        **schemas(
            Tree={
                "type": "object",
                "properties": {"children": {"type": "array", "items": ref("Tree")}, "up": ref("Leaf")},
            },
            Leaf={"type": "object", "properties": {"tree": ref("Tree")}},
            Nest={"type": "array", "items": ref("Nest")},
            Deep={"type": "object", "additionalProperties": ref("Deep")},
        )
    )
    tree = decode(package, package.models.Tree, '{"children":[{"children":[]}],"up":{"tree":{}}}')
    assert isinstance(tree.up.tree, package.models.Tree)
    assert decode(package, package.models.Nest, "[[],[[]]]") == [[], [[]]]
    assert decode(package, package.models.Deep, '{"a":{"b":{}}}') == {"a": {"b": {}}}


def test_aliases_stand_behind_what_they_name(generate: Generates) -> None:
    package = generate(
        **schemas(
            Aaa={"type": "array", "items": ref("Bbb")},
            Bbb={"type": "object", "additionalProperties": ref("Ccc")},
            Ccc={"type": "object", "properties": {"all": ref("Aaa")}},
        )
    )
    value = decode(package, package.models.Aaa, '[{"k":{"all":[]}}]')
    assert isinstance(value[0]["k"], package.models.Ccc)


def test_inheritance(generate: Generates) -> None:
    more = {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}
    package = generate(
        **schemas(
            Derived={"allOf": [ref("Base"), more]},
            Base={
                "type": "object",
                "required": ["a"],
                "properties": {"a": {"type": "integer"}, "o": {"type": "string"}},
            },
        )
    )
    assert issubclass(package.models.Derived, package.models.Base)
    text = '{"a":1,"b":2}'
    assert encode(package, decode(package, package.models.Derived, text)) == text
    with pytest.raises(msgspec.ValidationError, match="`b`"):
        decode(package, package.models.Derived, '{"a":1}')


def pet(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, **more}}


def test_a_discriminated_union_is_tagged(generate: Generates) -> None:
    mapping = {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}
    package = generate(
        **schemas(
            Cat=pet("cat", lives={"type": "integer"}),
            Dog=pet("dog", loud={"type": "boolean"}),
            Pet={"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind", "mapping": mapping}},
        )
    )
    dog = decode(package, package.models.Pet, '{"kind":"dog","loud":true}')
    assert isinstance(dog, package.models.Dog)
    assert encode(package, dog) == '{"kind":"dog","loud":true}'


def test_a_union_that_json_does_not_tell_apart_is_tried_in_order(generate: Generates) -> None:
    one = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    two = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}
    package = generate(
        **schemas(
            One=one,
            Two=two,
            Either={"oneOf": [ref("One"), ref("Two"), {"type": "string"}]},
            Box={
                "type": "object",
                "required": ["it"],
                "properties": {"it": ref("Either"), "all": {"type": "array", "items": ref("Either")}},
            },
        )
    )
    models = package.models

    def inside(text: str) -> Any:
        return decode(package, models.Box, f'{{"it":{text}}}').it

    assert type(inside('{"a":1}')) is models.One
    assert type(inside('{"a":1,"b":2}')) is models.Two
    assert type(inside('{"b":2}')) is models.Two
    assert type(inside('{"a":1,"new":2}')) is models.One
    assert inside('"x"') == "x"
    with pytest.raises(msgspec.ValidationError, match=r"Expected one of One, Two, str - at `\$.it`"):
        inside("7")
    text = '{"it":{"a":1,"b":2},"all":["x",{"b":1}]}'
    assert encode(package, decode(package, models.Box, text)) == text


def test_an_undecided_union_asks_its_discriminator(generate: Generates) -> None:
    mapping = {"x": "#/components/schemas/One", "y": "#/components/schemas/One", "z": "#/components/schemas/Two"}
    fields = {"kind": {"type": "string"}, "a": {"type": "integer"}}
    package = generate(
        **schemas(
            One={"type": "object", "properties": fields},
            Two={"type": "object", "properties": fields},
            Either={"oneOf": [ref("One"), ref("Two")], "discriminator": {"propertyName": "kind", "mapping": mapping}},
        )
    )
    for kind, name in (("x", "One"), ("y", "One"), ("z", "Two"), ("new", "dict")):
        value = decode(package, package.models.Either, f'{{"kind":"{kind}","a":1}}')
        assert type(value).__name__ == name


def test_a_read_only_property_is_required_only_where_it_is_sent(generate: Generates) -> None:
    fields = {"id": {"type": "string", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}}
    thing = {"type": "object", "required": ["id", "secret"], "properties": fields}
    json_thing = {"application/json": {"schema": {"type": "array", "items": ref("Thing")}}}
    answer = {"200": {"description": "All.", "content": json_thing}}
    put = {"operationId": "put", "requestBody": {"content": json_thing}, "responses": answer}
    sent = {"requestBody": {"content": {"application/json": {"schema": ref("Sent")}}}}
    post = {"operationId": "post", **sent, "responses": {"204": {"description": "Done."}}}
    got = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Got")}}}}
    paths = {"/things": {"put": put, "post": post, "get": {"operationId": "get", "responses": got}}}
    models = dict.fromkeys(("Thing", "Sent", "Got", "Unused"), thing)
    package = generate(paths=paths, **schemas(**models))
    for name in ("Thing", "Unused"):
        model = getattr(package.models, name)
        assert encode(package, model(secret="s")) == '{"secret":"s"}'
        assert decode(package, model, '{"id":"1"}').id == "1"
    assert encode(package, package.models.Sent(secret="s")) == '{"secret":"s"}'
    assert decode(package, package.models.Got, '{"id":"1"}').id == "1"
    with pytest.raises(TypeError):
        package.models.Sent(id="1")
    with pytest.raises(TypeError):
        package.models.Got(secret="s")
