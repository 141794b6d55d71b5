"""JSON values for schemas: valid ones by schemathesis, and ones with a fault put in."""

from __future__ import annotations

import copy
import random
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from vcsdk.copied.suite.fuzz import forget_local_constants
from vcsdk.ir import Schema
from vcsdk.load.pointer import escape

_PREFIX = "#/components/schemas/"
_OTHERS: tuple[Any, ...] = ("text", 7, 2.5, True, None, [], {}, [None], {"a": 1}, "", -1, "2024-06-25T08:00:00Z")


class ValidValues:
    """Generates values of the component schemas of a document; the same document and seed give the same values."""

    def __init__(self, data: dict[str, Any]) -> None:
        import schemathesis

        forget_local_constants()
        schemas = closed(data)
        self._places = {name: f"/{number}" for number, name in enumerate(schemas)}
        document = {
            "openapi": data["openapi"],
            "info": data["info"],
            "paths": {place: {"post": _takes(name)} for name, place in self._places.items()},
            "components": {"schemas": schemas},
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._schema = schemathesis.openapi.from_dict(document)

    def of(self, name: str, count: int, number: int = 0) -> list[Any]:
        """As many values as could be found, `count` at most."""
        found: list[Any] = []

        @seed(number)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(self._schema[self._places[name]]["post"].as_strategy())
        def keep(case: Any) -> None:
            # References into the paths of the description lead nowhere in one that has others.
            if type(case.body).__name__ != "NotSet":
                found.append(copy.deepcopy(case.body))

        keep()
        return found


def stands_alone(schemas: Mapping[str, Schema], name: str) -> bool:
    """False for a base with a discriminator that nothing refers to: values are of the schemas that inherit it."""
    key = f"{_PREFIX}{escape(name)}"
    return getattr(schemas[key], "discriminator", None) is None or f"{key}/discriminator" in schemas


def class_name(schemas: Mapping[str, Schema], name: str) -> str:
    """What Python calls the values of a component schema."""
    key = f"{_PREFIX}{escape(name)}"
    # A base with a discriminator stands for its family wherever it is referred to.
    return schemas.get(f"{key}/discriminator", schemas[key]).name


def _takes(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _PREFIX + escape(name)}}}
    return {"requestBody": {"required": True, "content": content}, "responses": {"200": {"description": ""}}}


def closed(data: dict[str, Any]) -> dict[str, Any]:
    """The component schemas, objects without properties of no name: those would be most of what is generated.

    What takes part in `allOf` stays open, because each part knows some of the properties only.
    """
    schemas = data.get("components", {}).get("schemas", {})
    parts = set(_parts(schemas))
    return {name: _close(schema, open_=name in parts) for name, schema in schemas.items()}


def _parts(node: Any) -> Iterator[str]:
    """The names of schemas that an `allOf` refers to."""
    if isinstance(node, dict):
        for member in node["allOf"] if isinstance(node.get("allOf"), list) else ():
            if isinstance(member.get("$ref"), str):
                yield member["$ref"].removeprefix(_PREFIX)
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _parts(value)


def _close(node: Any, *, open_: bool) -> Any:
    if isinstance(node, list):
        return [_close(item, open_=open_) for item in node]
    if not isinstance(node, dict):
        return node
    composed = any(isinstance(node.get(key), list) for key in ("allOf", "anyOf", "oneOf"))
    copied = {key: _close(value, open_=open_ or (composed and key != "properties")) for key, value in node.items()}
    an_object = isinstance(node.get("properties"), dict) and node.get("type", "object") == "object"
    if an_object and not (open_ or composed or "additionalProperties" in node):
        copied["additionalProperties"] = False
    return copied


def with_fault(value: Any, random_: random.Random) -> Any:
    """A copy with one thing changed: a member left out, or a value of another kind in its place."""
    places = list(_places(value, ()))
    place = random_.choice(places)
    if not place:
        return random_.choice([other for other in _OTHERS if type(other) is not type(value)])
    changed = copy.deepcopy(value)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    if isinstance(holder, dict) and random_.random() < 0.4:
        del holder[place[-1]]
    else:
        holder[place[-1]] = random_.choice(_OTHERS)
    return changed


def _places(value: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield above
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _places(member, (*above, key))
