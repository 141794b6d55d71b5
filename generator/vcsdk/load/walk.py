"""One pass over a document that finds every node, what kind it is, and what has the wrong shape."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from vcsdk.load.extensions import entries, is_extension
from vcsdk.load.grammar import FREE_MAPS, GRAMMAR, SECTIONS, Shape
from vcsdk.load.pointer import escape, find, from_fragment

_TYPE_NAMES = {str: "text", bool: "true or false", list: "a list", dict: "an object", int: "a whole number"}


class Malformed(msgspec.Struct, frozen=True):
    """A node of the wrong shape: where, what must stand there ("an object"), and what does.

    `kind` is the kind of node that must stand there, "" for anything else; `types` are the Python types that a field
    without nodes may have.
    """

    pointer: str
    expected: str
    found: Any
    kind: str = ""
    types: tuple[type, ...] = ()


class Reference(msgspec.Struct, frozen=True):
    """A `$ref` node: its pointer, itself, and the kind of node it stands for."""

    pointer: str
    node: dict[str, Any]
    kind: str

    @property
    def target(self) -> str:
        """What it refers to, as written; "" once a repair has put something else in its place."""
        return str(self.node.get("$ref", ""))


class Index(msgspec.Struct):
    """What a walk found: nodes by kind with their pointers, references, wrong shapes, fields nobody knows.

    A `$ref` is among `references`; where it has siblings that count (a path item, a 3.1 schema) it is also a node.
    `unknown` holds pointer of the node, the field and the node's kind; `kinds` the kind of every node by pointer.
    """

    nodes: dict[str, list[tuple[str, dict[str, Any]]]] = msgspec.field(default_factory=lambda: defaultdict(list))
    references: list[Reference] = msgspec.field(default_factory=list)
    malformed: list[Malformed] = msgspec.field(default_factory=list)
    unknown: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    kinds: dict[str, str] = msgspec.field(default_factory=dict)


def walk(data: dict[str, Any], *, is_31: bool = False, kind: str = "document") -> Index:
    """Walk a whole document, or a node of another kind; examples, defaults, enum values and `x-` extensions are left.

    A node in such a place (`#/x-parts/Lamp`) is walked once a reference names it, as what the reference stands for.
    """
    index = Index()
    steps = _Walk(index, is_31=is_31)
    steps.visit(kind, data, "")
    index.kinds.update((pointer, kind) for kind, nodes in index.nodes.items() for pointer, _ in nodes)
    index.kinds.update((reference.pointer, reference.kind) for reference in index.references)
    for reference in index.references:  # grows while the nodes behind references are walked
        pointer = from_fragment(reference.target[1:]) if reference.target.startswith("#") else None
        if pointer is None or pointer in index.kinds:
            continue
        try:
            node = find(data, pointer)
        except KeyError:
            continue
        index.kinds[pointer] = reference.kind
        steps.visit(reference.kind, node, pointer)
    return index


class _Walk:
    def __init__(self, index: Index, *, is_31: bool) -> None:
        self._index = index
        self._is_31 = is_31

    def visit(self, kind: str, node: Any, pointer: str) -> None:
        if type(node) is not dict:
            if kind == "schema" and self._is_31 and type(node) is bool:
                return
            self._index.malformed.append(Malformed(pointer, "an object", node, kind))
            return
        reference = node.get("$ref")
        if type(reference) is str and kind in SECTIONS:
            self._index.references.append(Reference(pointer, node, kind))
            if kind != "path_item" and not (kind == "schema" and self._is_31 and len(node) > 1):
                return
        elif "$ref" in node and kind in SECTIONS:
            self._index.malformed.append(Malformed(f"{pointer}/$ref", "text", reference))
            return
        self._index.nodes[kind].append((pointer, node))
        fields = GRAMMAR.get(kind)
        if fields is None:
            self._free(FREE_MAPS[kind], node, pointer)
            return
        for key, value in node.items():
            shape = fields.get(key)
            if shape is None:
                if not is_extension(key) and key != "$ref":
                    self._index.unknown.append((pointer, key, kind))
            elif shape.form == "leaf":
                if shape.types and type(value) not in shape.types and not _is_a(value, shape.types):
                    expected = " or ".join(dict.fromkeys(_TYPE_NAMES.get(t, "a number") for t in shape.types))
                    self._index.malformed.append(
                        Malformed(f"{pointer}/{escape(key)}", expected, value, "", shape.types)
                    )
            else:
                self._descend(shape, value, f"{pointer}/{escape(key)}")

    def _descend(self, shape: Shape, value: Any, pointer: str) -> None:
        if shape.form == "one":
            if not (shape.or_boolean and type(value) is bool):
                self.visit(shape.kind, value, pointer)
        elif shape.form == "list":
            if type(value) is not list:
                self._index.malformed.append(Malformed(pointer, "a list", value))
                return
            for position, item in enumerate(value):
                self.visit(shape.kind, item, f"{pointer}/{position}")
        elif type(value) is not dict:
            self._index.malformed.append(Malformed(pointer, "an object", value))
        else:
            for key, item in entries(value) if shape.extensible else value.items():
                self.visit(shape.kind, item, f"{pointer}/{escape(key)}")

    def _free(self, kind: str, node: dict[str, Any], pointer: str) -> None:
        if kind:
            for key, value in entries(node):
                self.visit(kind, value, f"{pointer}/{escape(key)}")
            return
        for key, value in node.items():
            if type(value) is not list:
                self._index.malformed.append(Malformed(f"{pointer}/{escape(key)}", "a list", value))


def _is_a(value: Any, types: tuple[type, ...]) -> bool:
    if type(value) is bool:
        return bool in types
    return isinstance(value, types)
