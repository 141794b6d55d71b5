"""Compositions that come back to themselves through a component, while they are being made."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import operation


def objects(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, **properties}}


TWICE = {"allOf": [ref("Lion"), ref("Lion")]}


@pytest.mark.parametrize(
    "child",
    [
        TWICE,
        {"allOf": [ref("Lion"), ref("Cat")]},
        {"allOf": [ref("Cat"), ref("Lion")]},
        {"allOf": [ref("Lion"), {"properties": {"mane": {}}}]},
        {"type": "array", "items": TWICE},
        {"type": "object", "additionalProperties": TWICE},
        {"anyOf": [TWICE, {"type": "null"}]},
        {"allOf": [TWICE, ref("Lion")]},
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("lion_first", [True, False])
def test_a_property_of_the_base_is_of_an_heir(child: Any, wrapped: bool, lion_first: bool, generate: Generates) -> None:
    cat = objects(lives=child)
    schemas = {
        "Cat": {"allOf": [cat]} if wrapped else cat,
        "Lion": {"allOf": [ref("Cat"), {"properties": {"mane": {}}}]},
    }
    names = sorted(schemas, reverse=lion_first)
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Cat")}}}}
    document = operation(answers=answers, **{name: schemas[name] for name in names})
    document["openapi"] = "3.1.0"
    package = generate(**document)
    inner: Any = {"kind": "lion", "mane": [1], "lives": None}
    if child.get("type") == "array":
        inner = [{"kind": "lion", "mane": [1]}]
    elif child.get("type") == "object":
        inner = {"a": {"kind": "lion", "mane": [1]}}
    else:
        del inner["lives"]
    value = {"kind": "lion", "mane": "long", "lives": inner}
    lion = package.models.Lion
    assert msgspec.to_builtins(lion.from_dict(value).to_dict()) == value
