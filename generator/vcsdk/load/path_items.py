"""Operations that stand for themselves: with what their path item, and their description, say of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.limits import MAX_DEPTH
from vcsdk.load.pointer import find
from vcsdk.load.sameness import essence


def whole(document: Document, item: dict[str, Any], place: str) -> dict[str, Any]:
    """The operation at a place of a path item (`/get`), with what that and its description ask of a caller.

    "Path Item Object": the operation's own replace those.
    """
    operation = dict(find(item, place))
    inherited = [item["parameters"][position] for position in _inherited(document, item, operation)]
    if inherited:
        operation["parameters"] = [*operation.get("parameters", ()), *inherited]
    if "servers" in item:
        operation.setdefault("servers", item["servers"])
    if "security" in document.data:
        operation.setdefault("security", document.data["security"])
    return operation


def moved_parameters(document: Document, item: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
    """Where parameters of a path item stand in the whole operation, and where they stood."""
    operation = find(item, place)
    start = len(operation.get("parameters", ()))
    for offset, position in enumerate(_inherited(document, item, operation)):
        yield f"{place}/parameters/{start + offset}", f"/parameters/{position}"


def essence_of(operation: dict[str, Any]) -> dict[str, Any]:
    """What a whole operation says, prose aside; the order of its parameters says nothing."""
    found: dict[str, Any] = essence("operation", operation)
    parameters = sorted(found.get("parameters", ()), key=lambda parameter: json.dumps(parameter, sort_keys=True))
    return {**found, "parameters": parameters, "security": found.get("security", [])}


def _inherited(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> list[int]:
    """The positions of the path item's parameters that the operation does not replace."""
    own = [_name_of(document, parameter) for parameter in operation.get("parameters", ())]
    return [n for n, parameter in enumerate(item.get("parameters", ())) if _name_of(document, parameter) not in own]


def _name_of(document: Document, parameter: dict[str, Any]) -> tuple[Any, Any]:
    for _ in range(MAX_DEPTH):
        if "$ref" not in parameter:
            break
        parameter = document.resolve(parameter["$ref"])[1]
    return parameter.get("name"), parameter.get("in")
