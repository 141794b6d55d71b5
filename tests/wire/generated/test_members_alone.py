"""Members of unions that a discriminator tells apart, each used by itself: as a body, a property, an answer."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def shape(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*required], "properties": properties}


def union(name: str, *members: str, **mapping: str) -> dict[str, Any]:
    found: dict[str, Any] = {"propertyName": name}
    if mapping:
        found["mapping"] = {tag: f"#/components/schemas/{member}" for tag, member in mapping.items()}
    return {"oneOf": [ref(member) for member in members], "discriminator": found}


SCHEMAS = {
    "Pet": union("kind", "Cat", "Dog", "Lizard", cat="Cat", dog="Dog", hound="Dog", lizard="Lizard"),
    "Cat": shape("kind", kind=TEXT, lives=NUMBER),
    "Dog": shape("kind", kind={"type": "string", "enum": ["dog", "hound"]}, age=NUMBER),
    "Lizard": shape(tail=NUMBER),
    "Bird": union("species", "Robin", "Crow"),
    "Flyer": union("form", "Robin", "Kite"),
    "Robin": shape("species", "form", species=TEXT, form=TEXT, red=NUMBER),
    "Crow": shape("species", species=TEXT),
    "Kite": shape("form", form=TEXT),
    "Animal": {
        **shape("type", type=TEXT, name=TEXT),
        "discriminator": {"propertyName": "type", "mapping": {t: ref("Eagle")["$ref"] for t in ("eagle", "raptor")}},
    },
    "Eagle": {"allOf": [ref("Animal"), shape(wings=NUMBER)]},
    "Sparrow": {"allOf": [ref("Animal"), shape(song=TEXT)]},
    "Home": shape(
        "cat",
        cat=ref("Cat"),
        dogs={"type": "array", "items": ref("Dog")},
        lizards={"type": "object", "additionalProperties": ref("Lizard")},
        robin=ref("Robin"),
        bird=ref("Bird"),
        flyer=ref("Flyer"),
        sparrow=ref("Sparrow"),
        animal=ref("Animal"),
    ),
}


def described(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": ref(name)}}
    body = {"required": True, "content": content}
    return operation(body=body, answers={"200": {"description": "It.", "content": content}}, **SCHEMAS)


def home(m: Any) -> Any:
    robin = m.Robin(species="Robin", form="Robin", red=1)
    return m.Home(
        cat=m.Cat(lives=9),
        dogs=[m.Dog(kind="hound")],
        lizards={"a": m.Lizard(tail=1)},
        robin=robin,
        bird=robin,
        flyer=m.Kite(),
        sparrow=m.Sparrow(song="x"),
        animal=m.Eagle(type="raptor", wings=2),
    )


CASES: list[tuple[str, Any, dict[str, Any]]] = [
    ("Cat", lambda m: m.Cat(lives=9), {"kind": "cat", "lives": 9}),
    ("Pet", lambda m: m.Cat(lives=9), {"kind": "cat", "lives": 9}),
    ("Lizard", lambda m: m.Lizard(tail=1), {"kind": "lizard", "tail": 1}),
    ("Dog", lambda m: m.Dog(kind="hound", age=2), {"kind": "hound", "age": 2}),
    ("Pet", lambda m: m.Dog(kind="hound", age=2), {"kind": "hound", "age": 2}),
    ("Crow", lambda m: m.Crow(), {"species": "Crow"}),
    ("Robin", lambda m: m.Robin(species="Robin", form="Robin"), {"species": "Robin", "form": "Robin"}),
    ("Flyer", lambda m: m.Robin(species="Robin", form="Robin"), {"species": "Robin", "form": "Robin"}),
    ("Sparrow", lambda m: m.Sparrow(song="x"), {"type": "Sparrow", "song": "x"}),
    ("Animal", lambda m: m.Sparrow(song="x"), {"type": "Sparrow", "song": "x"}),
    ("Eagle", lambda m: m.Eagle(type="raptor", wings=2), {"type": "raptor", "wings": 2}),
    (
        "Home",
        home,
        {
            "cat": {"kind": "cat", "lives": 9},
            "dogs": [{"kind": "hound"}],
            "lizards": {"a": {"kind": "lizard", "tail": 1}},
            "robin": {"species": "Robin", "form": "Robin", "red": 1},
            "bird": {"species": "Robin", "form": "Robin", "red": 1},
            "flyer": {"form": "Kite"},
            "sparrow": {"type": "Sparrow", "song": "x"},
            "animal": {"type": "raptor", "wings": 2},
        },
    ),
]

MADE = {"Pet": ("Cat",), "Flyer": ("Robin",), "Animal": ("Eagle",)}
"""What the simulator makes up for a union: its first member."""


def call(client: Any, value: Any) -> Any:
    """By the whole, or where the method takes the fields, by each of them."""
    if "body" in inspect.signature(client.x.call).parameters:
        return client.x.call(body=value)
    given = {name: getattr(value, name) for name in value.__struct_fields__}
    return client.x.call(**{name: each for name, each in given.items() if each is not None})


@pytest.mark.parametrize(("name", "made", "wire"), CASES, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(CASES)])
def test_each_is_sent_with_its_kind_and_read_back(
    name: str, made: Any, wire: Any, generate: Generates, tmp_path: Path
) -> None:
    package = generate(**described(name))
    value = made(package.models)
    seen, given = both(package, lambda c: call(c, value), lambda each: Reply(200, json=json.loads(each.body)))
    assert [json.loads(each.body) for each in seen] == [wire] * 2
    assert given == [value] * 2
    with (
        Simulator(read_api(tmp_path / "thing.json"), SimulatorOptions()).running() as url,
        package.Thing(url) as client,
    ):
        call(client, value)


@pytest.mark.parametrize(
    ("name", "came", "fields"),
    [
        ("Cat", {"lives": 1}, {"lives": 1}),
        ("Lizard", {"tail": 1}, {"tail": 1}),
        ("Lizard", {"tail": 1, "kind": "lizard", "more": 5}, {"tail": 1}),
        ("Sparrow", {"song": "x"}, {"song": "x", "name": None}),
        ("Dog", {"kind": "wolf"}, {"kind": "wolf"}),
        ("Eagle", {"type": "condor"}, {"type": "condor"}),
    ],
)
def test_what_came_without_its_kind_or_with_a_newer_one_is_read(
    name: str, came: Any, fields: Any, generate: Generates
) -> None:
    package = generate(**described(name))
    needed = {"Dog": {"kind": "dog"}, "Eagle": {"type": "eagle"}}
    sent = getattr(package.models, name)(**needed.get(name, {}))
    _, given = both(package, lambda c: call(c, sent), lambda _: Reply(200, json=came))
    assert [{key: getattr(each, key) for key in fields} for each in given] == [fields] * 2
