"""The plain view: standard documents in which each path and method has one operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vcsdk.bundle.references import Place, relocate
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import METHODS, OTHERS, operations_in, put
from vcsdk.load.pointer import exists, find, from_fragment, join

_TEMPLATE = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class _Part:
    """A document in the making: path items by path, the path of each shape, and where operations came to stand."""

    paths: dict[str, dict[str, Any]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    places: dict[Place, Place] = field(default_factory=dict)

    def has_room(self, path: str, tokens: Place) -> bool:
        # Paths that differ only in the names of their templates are the same path (OpenAPI 3.0.3, "Path Templating").
        return self.shapes.get(_shape(path), path) == path and not exists(self.paths.get(path, {}), join("", *tokens))


def plain_documents(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Spread the operations of a document in the fragment form over as few documents as they need.

    Each operation goes, in the order of the document, into the first document that has room for its path and method,
    so that operations that share nothing stay together and the same input gives the same documents.  Every document
    has all components, and the queries stay what they are in the fragment form: required one-value parameters.
    """
    parts = [_Part()]
    for key, item in data.get("paths", {}).items():
        if is_extension(key) or not isinstance(item, dict):
            parts[0].paths[key] = item
            continue
        target = _resolved(data, item)
        path = key.partition("#")[0]
        for tokens, _ in operations_in(target):
            part = next((p for p in parts if p.has_room(path, tokens)), None)
            if part is None:
                part = _Part()
                parts.append(part)
            _put(part, path, tokens, target, data)
            part.places[(key, *tokens)] = (path, *tokens)
    everywhere = {place: None for part in parts for place in part.places}
    return [
        relocate({**data, "paths": part.paths}, data, _changed({**everywhere, **part.places}, data)) for part in parts
    ]


def _changed(places: Mapping[Place, Place | None], data: Mapping[str, Any]) -> dict[Place, Place | None]:
    """The places that moved, and the path items that no longer stand as they did."""
    moved = {old: new for old, new in places.items() if new != old}
    items: dict[Place, Place | None] = {(old[0],): None for old in moved if old[0] in data["paths"]}
    return {**moved, **items}


def _put(part: _Part, path: str, tokens: Place, item: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Add an operation with what its path item said for it, since its neighbours there may come from another one."""
    operation = dict(find(item, join("", *tokens)))
    own = operation.get("parameters", [])
    taken = {_identity(data, parameter) for parameter in own}
    shared = [parameter for parameter in item.get("parameters", []) if _identity(data, parameter) not in taken]
    if shared:
        operation["parameters"] = [*shared, *own]
    if "servers" in item:
        operation.setdefault("servers", item["servers"])
    part.shapes[_shape(path)] = path
    target = part.paths[path] = put(part.paths.get(path, {}), tokens, operation)
    for key in sorted(item.keys() - {*METHODS, OTHERS, "parameters", "servers", "$ref"}):
        target.setdefault(key, item[key])


def _identity(data: Mapping[str, Any], parameter: dict[str, Any]) -> tuple[Any, Any]:
    """Place and name, which make a parameter one of its kind (OpenAPI 3.0.3, "Path Item Object")."""
    node = _resolved(data, parameter)
    return node.get("in"), node.get("name")


def _resolved(data: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node itself where only a reference to it is given; a cycle of references ends at one of them."""
    seen: set[str] = set()
    while isinstance(reference := node.get("$ref"), str) and reference not in seen:
        seen.add(reference)
        node = find(data, from_fragment(reference[1:]))
    return node


def _shape(path: str) -> str:
    return _TEMPLATE.sub("{}", path)
