"""Which nodes of several descriptions say the same, whatever they say it with.

Two nodes of one name are the same if they differ in prose alone, and what they refer to is the same again: two
families of schemas that refer to each other in a circle can be equal as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from vcsdk.load.grammar import FREE_MAPS, GRAMMAR, Shape
from vcsdk.load.pointer import escape, from_fragment

_PROSE = frozenset({"description", "summary", "externalDocs", "example", "examples", "$comment"})
_SCHEMAS = "/components/schemas/"

Classes = dict[str, dict[int, int]]
"""By node, then by description: the number of its class.  Equal numbers, equal nodes."""


def head(pointer: str) -> str:
    """The node with a name of its own that holds a pointer: a component, a path item, or a section of another kind."""
    tokens = pointer.split("/", 4)
    return "/".join(tokens[: {"components": 4, "paths": 3, "webhooks": 3}.get(tokens[1] if len(tokens) > 1 else "", 2)])


def target(reference: str) -> str | None:
    """The pointer that a local reference names; None for any other."""
    return from_fragment(reference[1:]) if reference.startswith("#") else None


def essence(kind: str, node: Any) -> Any:
    """A node without prose and examples; `kind` is its kind in the grammar."""
    if not isinstance(node, dict):
        return node
    fields = GRAMMAR.get(kind)
    found = {}
    for key, value in node.items():
        shape = fields.get(key) if fields is not None else Shape("one", FREE_MAPS[kind])
        if fields is not None and shape is not None and key in _PROSE:
            continue
        found[key] = _below(shape, value) if shape is not None and shape.kind else value
    return found


def _below(shape: Shape, value: Any) -> Any:
    if shape.form == "one":
        return essence(shape.kind, value)
    if shape.form == "list" and isinstance(value, list):
        return [essence(shape.kind, item) for item in value]
    if shape.form == "map" and isinstance(value, dict):
        return {key: essence(shape.kind, item) for key, item in value.items()}
    return value


def references(node: Any) -> Iterator[str]:
    """The heads that a node refers to, by `$ref`, by the mapping of a discriminator, or by a security requirement."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                pointer = target(value)
                if pointer is not None:
                    yield head(pointer)
            elif key == "mapping" and isinstance(value, dict):
                names = [name for name in value.values() if isinstance(name, str)]
                yield from (head(target(name) or _SCHEMAS + escape(name)) for name in names)
            elif key == "security" and isinstance(value, list):
                asked = [name for requirement in value if isinstance(requirement, dict) for name in requirement]
                yield from (f"/components/securitySchemes/{escape(name)}" for name in asked)
            else:
                yield from references(value)


def classes(
    essences: Mapping[str, Mapping[int, Any]],
    owners: Mapping[str, Collection[int]],
    families: Mapping[str, Collection[str]],
) -> Classes:
    """The coarsest classes in which equal nodes refer to equal nodes.

    Args:
        essences: Of the nodes that several descriptions have, by name, then by number of the description.
        owners: The descriptions that have a node, by name; of every node.
        families: What a node stands for without referring to it, by name: those that inherit from it.

    Each node is looked at again when something that it refers to falls into more classes, which happens less often than
    there are descriptions that have it: the time grows with the number of references.
    """
    below: dict[str, dict[int, list[str]]] = {}
    above: dict[str, set[str]] = defaultdict(set)
    for name, found in essences.items():
        kin = families.get(name, ())
        below[name] = {number: sorted({*references(node), *kin}) for number, node in found.items()}
        for other in chain(*below[name].values()):
            above[other].add(name)
    texts = {
        name: {number: json.dumps(node, sort_keys=True) for number, node in found.items()}
        for name, found in essences.items()
    }
    result: Classes = {name: dict.fromkeys(found, 0) for name, found in essences.items()}
    waiting = dict.fromkeys(essences)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        met: dict[Any, int] = {}
        told = {}
        for number, text in texts[name].items():
            # What a description means by a name: whether it has it, and in which class it is.
            seen = [(number in owners.get(one, ()), result.get(one, {}).get(number)) for one in below[name][number]]
            told[number] = met.setdefault((result[name][number], text, tuple(seen)), len(met))
        if len(met) > len(set(result[name].values())):
            result[name] = told
            waiting |= dict.fromkeys(sorted(above[name]))
    return result
