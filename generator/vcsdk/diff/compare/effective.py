"""Nodes of a description, and what a schema says in all: with what `allOf`, references and lone alternatives say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vcsdk.diff.compare.meaning import is_null, of_alternatives, settled
from vcsdk.load import Document
from vcsdk.load.pointer import join

LISTS = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a description and its pointer in the mended document."""

    data: Any
    pointer: str

    def below(self, *steps: str) -> Node:
        """The node at these steps; nothing where there is none."""
        data = self.data
        for step in steps:
            data = data.get(step) if isinstance(data, dict) else None
        return Node(data, join(self.pointer, *steps))

    def parts(self) -> dict[str, Node]:
        """The values of a mapping."""
        data = self.data if isinstance(self.data, dict) else {}
        return {key: Node(value, join(self.pointer, key)) for key, value in data.items()}


@dataclass(slots=True)
class Effective:
    """What a schema says in all; `at` is where it stands, `own` whether it does so itself and not by reference."""

    at: str
    own: bool = True
    null: bool = False
    words: dict[str, list[Any]] = field(default_factory=dict)
    properties: dict[str, Node] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    options: dict[str, list[Node]] = field(default_factory=dict)


def find(document: Document, reference: str) -> tuple[Any, str]:
    """What a reference leads to and where that is; None where it leads nowhere."""
    try:
        pointer, data = document.resolve(reference)
    except KeyError:
        return None, reference
    return data, pointer


def resolved(document: Document, node: Node) -> Node:
    """A node, or what it refers to."""
    reference = node.data.get("$ref") if isinstance(node.data, dict) else None
    return Node(*find(document, reference)) if isinstance(reference, str) else node


def alone(document: Document, node: Node) -> Any:
    """What a node says, or what it refers to and adds nothing to."""
    met: set[str] = set()
    while isinstance(node.data, dict) and len(node.data) == 1 and node.pointer not in met:
        met.add(node.pointer)
        wrapped = node.data.get("allOf")
        if isinstance(node.data.get("$ref"), str):
            node = resolved(document, node)
        elif isinstance(wrapped, list) and len(wrapped) == 1:
            node = Node(wrapped[0], join(node.pointer, "allOf", "0"))
    return node.data


def effective(document: Document, node: Node) -> Effective:
    """A schema with all that `allOf` and references say of the same value."""
    found = Effective(node.pointer)
    rest, seen = [(node, True)], set()
    while rest:
        each, own = rest.pop()
        if each.pointer in seen or not isinstance(each.data, dict):
            continue
        seen.add(each.pointer)
        reference = each.data.get("$ref")
        if isinstance(reference, str):
            target = Node(*find(document, reference))
            rest.append((target, False))
            if each is node and (not document.is_31 or len(each.data) == 1):
                found.at, found.own = target.pointer, False
            if not document.is_31:
                continue
        for word, value in each.data.items():
            if word == "allOf" and isinstance(value, list):
                rest += [(Node(part, join(each.pointer, "allOf", str(i))), own) for i, part in enumerate(value)]
            elif word == "properties" and isinstance(value, dict):
                found.properties = {**each.below(word).parts(), **found.properties}
            elif word in ("items", "additionalProperties") and isinstance(value, dict):
                found.nodes.setdefault(word, each.below(word))
            elif word in LISTS and isinstance(value, list):
                rest += _alternatives(document, found, each.below(word), word, own=own)
            elif word != "$ref":
                found.words.setdefault(word, []).append(value)
    found.words = settled(
        found.words, {*found.nodes, *found.options, *(["properties"] if found.properties else [])}, null=found.null
    )
    return found


def _alternatives(document: Document, found: Effective, node: Node, word: str, *, own: bool) -> list[tuple[Node, bool]]:
    """What alternatives come to: null is a kind, and one that is left is the schema itself."""
    options = [Node(part, join(node.pointer, str(i))) for i, part in enumerate(node.data)]
    left = [each for each in options if not is_null(resolved(document, each).data)]
    found.null = found.null or len(left) < len(options)
    if len(left) == 1:
        return [(left[0], own)]
    said = of_alternatives([alone(document, each) for each in left], exclusive=word == "oneOf")
    for each, values in (said or {}).items():
        found.words.setdefault(each, []).extend(values)
    if said is None:
        found.options.setdefault(word, []).extend(left)
    return []
