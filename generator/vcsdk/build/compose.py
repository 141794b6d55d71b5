"""`allOf`: what a composition of schemas comes to.

JSON Schema 2020-12 10.2.1.1; OpenAPI 3.0.3 "Composition and Inheritance (Polymorphism)".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from vcsdk.load import Document
from vcsdk.load.pointer import join

_COMPONENTS = "/components/schemas/"
_ANNOTATIONS = frozenset(
    ["description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "nullable", "xml"]
)
Part = tuple[Any, str]  # a schema and its pointer


class Plan(msgspec.Struct):
    """How to emit an `allOf`.

    `same_as`: the composition only annotates this one part.  `blocked_at`: pointer of a part that is not an object,
    so that no struct can be made.  Otherwise a struct with `properties` (wire name to schema and pointer),
    `required`, maybe a `base` (pointer of the one component it inherits from, whose properties are then left out
    of `properties`) and `additional`.
    """

    properties: dict[str, Part] = msgspec.field(default_factory=dict)
    required: set[str] = msgspec.field(default_factory=set)
    base: str | None = None
    additional: Part | None = None
    same_as: Part | None = None
    blocked_at: str | None = None


def plan(document: Document, schema: Mapping[str, Any], pointer: str) -> Plan:
    """Decide how the `allOf` of `schema` (at `pointer`) is emitted."""
    parts: list[Part] = [
        (part, join(pointer, "allOf", str(index)))
        for index, part in enumerate(schema["allOf"])
        if _says_something(part)
    ]
    own = {
        key: value
        for key, value in schema.items()
        if key not in _ANNOTATIONS and key not in ("allOf", "discriminator") and not key.startswith("x-")
    }
    if own.get("type") == "object" and len(own) == 1:
        own = {}
    if not own and len(parts) == 1:
        return Plan(same_as=parts[0])
    if own:
        parts.append((own, pointer))
    merged = Plan()
    for part, at in parts:
        if not _merge(document, part, at, merged, {pointer}):
            return Plan(blocked_at=at)
    _find_base(document, parts, merged)
    return merged


def _says_something(part: Any) -> bool:
    return isinstance(part, dict) and bool(set(part) - _ANNOTATIONS)


def _merge(document: Document, part: Any, pointer: str, into: Plan, seen: set[str]) -> bool:
    while isinstance(part, dict) and "$ref" in part:
        pointer, part = document.resolve(part["$ref"])
        if pointer in seen:
            return True
        seen = seen | {pointer}
    if not isinstance(part, dict):
        return True
    if (
        "oneOf" in part
        or "anyOf" in part
        or "enum" in part
        or part.get("type", "object") not in ("object", ["object", "null"])
    ):
        return False
    for index, inner in enumerate(part.get("allOf", ())):
        if not _merge(document, inner, join(pointer, "allOf", str(index)), into, seen):
            return False
    for wire, value in part.get("properties", {}).items():
        if wire not in into.properties or _says_something(value):
            into.properties[wire] = (value, join(pointer, "properties", wire))
    into.required.update(part.get("required", ()))
    additional = part.get("additionalProperties")
    if isinstance(additional, dict) and additional:
        into.additional = (additional, join(pointer, "additionalProperties"))
    return True


def _find_base(document: Document, parts: list[Part], merged: Plan) -> None:
    """Inherit where exactly one part refers to a component and the others leave its properties as they are."""
    references = [document.resolve(part["$ref"])[0] for part, _ in parts if "$ref" in part]
    if len(references) != 1 or not references[0].startswith(_COMPONENTS) or references[0].count("/") != 3:
        return
    inherited, added = Plan(), Plan()
    _merge(document, {"$ref": "#" + references[0]}, "", inherited, set())
    for part, at in parts:
        if "$ref" not in part:
            _merge(document, part, at, added, set())
    if not inherited.properties or set(added.properties) & set(inherited.properties):
        return
    if (added.required - inherited.required) & set(inherited.properties):
        return
    merged.base = references[0]
    merged.properties = added.properties
    merged.required = added.required
