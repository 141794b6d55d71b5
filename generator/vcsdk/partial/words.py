"""Parts of a description, and how many of them there are, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.grammar import OTHERS
from vcsdk.load.omission import Omission
from vcsdk.load.pointer import find, last, parent, split
from vcsdk.partial.units import Unit

_PLURALS = {
    "operation": "operations",
    "schema": "schemas",
    "answer": "answers of errors",
    "status": "answers under no status",
    "parameter": "parameters",
    "entry": "entries of unions",
    "mapping": "entries of unions",
    "discriminator": "discriminators",
    "response": "shared answers",
    "request_body": "shared bodies",
    "header": "headers",
    "security_scheme": "security schemes",
    "requirement": "security requirements",
    "link": "links",
    "callback": "callbacks",
    "webhook": "webhooks",
    "example": "examples",
    "prose": "fields of prose",
}
_SINGULARS = {
    "answers of errors": "answer of an error",
    "answers under no status": "answer under no status",
    "entries of unions": "entry of a union",
    "shared bodies": "shared body",
    "fields of prose": "field of prose",
}
_WORDS = {
    "requirement": "security requirement",
    "request_body": "request body",
    "security_scheme": "security scheme",
    "path_item": "path item",
}


def words(document: Document, unit: Unit) -> str:
    """A part in words: "the operation `PUT /lamps/{id}`"."""
    what = {"mapping": "entry", "prose": "field", "status": "answer"}.get(unit.kind, _WORDS.get(unit.kind, unit.kind))
    owner = _holder(document, unit)
    return f"the {what} `{name(document, unit)}`" + (f" of `{owner}`" if owner else "")


def name(document: Document, unit: Unit) -> str:
    """What people call a part: method and path of an operation, the name of a parameter, else its key."""
    if unit.kind == "operation":
        return _owner(document, unit.pointer)
    if unit.kind == "path":
        return _path(document, last(unit.pointer))
    node: Any = None
    try:
        node = find(document.data, unit.pointer)
    except KeyError:
        return last(unit.pointer)
    if isinstance(node, dict) and unit.kind in ("parameter", "entry", "tag"):
        reference = node.get("$ref")
        spelled = node.get("name") or (last(reference) if isinstance(reference, str) else None)
        return str(spelled) if spelled else last(unit.pointer)
    return last(unit.pointer)


def full_name(document: Document, unit: Unit) -> str:
    """As `name`, with what it belongs to behind it: "404 of GET /lamps"."""
    owner = _holder(document, unit)
    return name(document, unit) + (f" of {owner}" if owner else "")


def cost(omissions: Iterable[Omission], operations: int) -> str:
    """How many parts of each kind, of how many operations: "2 operations of 465 and 1 entry of a union"."""
    counts = Counter(_PLURALS.get(omission.kind, "other parts") for omission in omissions)
    found = []
    for plural in dict.fromkeys((*_PLURALS.values(), "other parts")):
        if count := counts[plural]:
            found.append(f"{count:,} {plural if count != 1 else _SINGULARS.get(plural, plural[:-1])}")
            if plural == "operations":
                found[-1] += f" of {operations:,}"
    if not counts["operations"]:
        found.append("no operation")
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))


def _holder(document: Document, unit: Unit) -> str:
    return "" if unit.kind in ("operation", "path") else _owner(document, parent(unit.pointer))


def _owner(document: Document, pointer: str) -> str:
    """The operation, the path or the component that a place is in; "" for none of them."""
    tokens = split(pointer)
    if tokens[:1] == ["components"] and len(tokens) > 2:
        return tokens[2]
    if tokens[:1] == ["webhooks"] and len(tokens) > 1:
        return tokens[1]
    if tokens[:1] != ["paths"] or len(tokens) < 2:
        return ""
    path = _path(document, tokens[1])
    if tokens[2:3] == [OTHERS] and len(tokens) > 3:
        return f"{tokens[3]} {path}"
    return f"{tokens[2].upper()} {path}" if len(tokens) > 2 and tokens[2] not in ("parameters", OTHERS) else path


def _path(document: Document, key: str) -> str:
    """A path as its file spells it."""
    return document.vendor_paths.get(key, key)
