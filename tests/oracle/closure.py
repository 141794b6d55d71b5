"""The part of a description that some of its nodes need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import find, from_fragment, split


def needed(document: dict[str, Any], roots: Any) -> dict[str, Any]:
    """The components that these nodes refer to, and schemas spelled like one of them: other tools confuse the two."""
    alike: dict[str, list[str]] = {}
    for name in document["components"]["schemas"]:
        alike.setdefault(_folded(name), []).append(name)
    kept: set[tuple[str, str]] = set()
    waiting = list(references(roots))
    while waiting:
        section, name = split(from_fragment(waiting.pop()[1:]))[1:3]
        for twin in alike[_folded(name)] if section == "schemas" else [name]:
            if (section, twin) not in kept:
                kept.add((section, twin))
                waiting += references(document["components"][section][twin])
    return {
        section: {n: node for n, node in nodes.items() if (section, n) in kept or section == "securitySchemes"}
        for section, nodes in document["components"].items()
    }


def references(node: Any) -> Iterator[str]:
    """Every local reference in a node; those of a discriminator's mapping too."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        mapping = node.get("mapping")
        if isinstance(node.get("propertyName"), str) and isinstance(mapping, dict):
            yield from (target for target in mapping.values() if target.startswith("#"))
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from references(value)


def at(document: dict[str, Any], reference: str) -> Any:
    """The node behind a local reference."""
    return find(document, from_fragment(reference[1:]))


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
