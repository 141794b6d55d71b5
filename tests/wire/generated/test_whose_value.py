"""Unions whose members say of one property what others do not: what came goes back as it came."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import Reply, both, operation

INTEGER = {"type": "integer"}


def thing(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*required], "properties": properties}


def union(property_: str, *names: str) -> dict[str, Any]:
    return {"oneOf": [ref(name) for name in names], "discriminator": {"propertyName": property_}}


SCHEMAS = {
    "Event": union("type", "Started", "Ended"),
    "Started": thing("type", type={"type": "string", "enum": ["Started"]}, at=INTEGER),
    "Ended": thing("type", type={"type": "string", "enum": ["Ended"]}, code=INTEGER),
    "Shape": union("kind", "Circle", "Square"),
    "Circle": thing("kind", kind={"type": "string"}, at=INTEGER, radius=INTEGER),
    "Square": thing("kind", kind={"type": "string"}, side=INTEGER),
    "Pet": {**thing("pet", pet={"type": "string"}, name={"type": "string"}), "discriminator": {"propertyName": "pet"}},
    "Dog": {"allOf": [ref("Pet"), thing(bark={"type": "boolean"})]},
    "Plain": thing(at=INTEGER, z=INTEGER),
}


@pytest.mark.parametrize("members", [("Event", "Pet"), ("Pet", "Event"), ("Event", "Shape", "Pet", "Plain")], ids=str)
@pytest.mark.parametrize(
    "value",
    [
        {"pet": "Dog", "name": "x", "bark": False},
        {"type": "Ended", "code": 1},
        {"type": "Started"},
        {"type": "Novel", "at": 1},
        {"pet": "Cow", "moo": 1},
    ],
    ids=str,
)
def test_who_has_the_discriminator_has_the_value(
    members: tuple[str, ...], value: dict[str, Any], generate: Generates
) -> None:
    assert sent_back({"oneOf": [ref(name) for name in members]}, value, generate) == value


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"oneOf": [ref("Event"), ref("Plain")]}, {"at": 1}),
        ({"anyOf": [ref("Dog"), ref("Plain")]}, {"z": 1}),
        ({"oneOf": [ref("Event"), ref("Shape")]}, {"kind": "Circle", "at": 1}),
        (
            {"type": "array", "items": {"oneOf": [ref("Event"), ref("Pet"), ref("Plain")]}},
            [{"at": 1}, {"pet": "Dog"}, {"type": "Ended"}],
        ),
        (
            {"oneOf": [thing("in", **{"in": ref("Event")}), thing("in", **{"in": ref("Shape")})]},
            {"in": {"kind": "Circle", "at": 1}},
        ),
    ],
    ids=str,
)
def test_who_lacks_it_is_another(schema: dict[str, Any], value: Any, generate: Generates) -> None:
    assert sent_back(schema, value, generate) == value


def sent_back(schema: dict[str, Any], value: Any, generate: Generates, **top: Any) -> Any:
    """What a client sends when it is given what it got."""
    content = {"content": {"application/json": {"schema": ref("Value")}}}
    answers = {"200": {"description": "d", **content}}
    package = generate(**top, **operation(body={"required": True, **content}, answers=answers, **SCHEMAS, Value=schema))
    _, given = both(package, lambda client: client.x.call(body=value), lambda _: Reply(200, value))
    seen, _ = both(package, lambda client: client.x.call(body=given[0]), lambda _: Reply(200, value))
    first, second = [json.loads(each.body) for each in seen]
    assert first == second
    return first


NULLABLE = {"anyOf": [INTEGER, {"type": "null"}]}


@pytest.mark.parametrize(
    ("members", "value"),
    [
        ([thing(a=thing("d", d=INTEGER)), thing(a={"anyOf": [{"type": "string"}, {"type": "null"}]})], {"a": None}),
        ([thing("b", b=INTEGER, a={"type": "string"}), thing("b", b=INTEGER, a=NULLABLE)], {"a": None, "b": 1}),
        ([thing(c=INTEGER, a=INTEGER), thing(c=INTEGER, z=INTEGER, a=NULLABLE)], {"c": 1, "a": None}),
        (
            [thing(c=INTEGER, a=INTEGER, b=INTEGER), thing(c=INTEGER, a=INTEGER, b=NULLABLE)],
            {"c": 1, "a": 2, "b": None},
        ),
    ],
)
def test_null_is_of_whoever_lets_it_stand(members: list[Any], value: Any, generate: Generates) -> None:
    assert sent_back({"oneOf": members}, value, generate, openapi="3.1.0") == value
