"""Takes parts out of a document, and keeps what others refer to in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from vcsdk.load.document import Document
from vcsdk.load.grammar import OTHERS, SECTIONS, operations_in
from vcsdk.load.pointer import as_reference, find, from_fragment, join, parent, split
from vcsdk.load.walk import Index
from vcsdk.partial.units import Unit

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def remove(document: Document, index: Index, units: Sequence[Unit]) -> None:
    """Take the parts out; none of them lies in another.  Paths that no operation is left of go with their last one.

    A node in a part that somebody outside refers to (`#/paths/~1lamps/get/responses/200/content/…`) moves to
    `components` first, and the references follow it.
    """
    gone = {unit.pointer for unit in units}
    _move_out(document, index, gone)
    touched = {join("", *split(unit.pointer)[:2]) for unit in units if unit.kind == "operation"}
    for unit in sorted(units, key=lambda unit: _order(unit.pointer), reverse=True):
        document.take_out(unit.pointer)
    _settle_discriminators(document, units)
    for pointer in touched:
        item = find(document.data, pointer)
        if not any(operations_in(item)):
            document.take_out(pointer)
        elif item.get(OTHERS) == {}:
            document.take_out(join(pointer, OTHERS))


def _settle_discriminators(document: Document, units: Sequence[Unit]) -> None:
    """A discriminator that maps nothing any more, and whose union has no named members, tells nothing apart: it goes.

    The members are known by their shape then.
    """
    for pointer in {parent(parent(unit.pointer)) for unit in units if unit.kind == "mapping"}:
        if find(document.data, f"{pointer}/mapping"):
            continue
        document.take_out(f"{pointer}/mapping")
        schema = find(document.data, parent(pointer))
        members = [member for word in ("oneOf", "anyOf") for member in schema.get(word, ())]
        if members and not any("$ref" in member for member in members if isinstance(member, dict)):
            document.take_out(pointer)


def _order(pointer: str) -> list[tuple[int, str]]:
    """Positions in lists by their number, so that those behind go first."""
    return [(int(token), "") if token.isdigit() and len(token) < 10 else (-1, token) for token in split(pointer)]


class _Edge(msgspec.Struct, frozen=True):
    """Something that refers to a node: where it stands, the object and key that hold the reference, what it is to."""

    pointer: str
    holder: dict[str, Any]
    key: str
    kind: str

    @property
    def target(self) -> str | None:
        """The node it leads to; None for one of another file, or a bare name."""
        written = self.holder.get(self.key)
        return from_fragment(written[1:]) if isinstance(written, str) and written.startswith("#") else None


def _edges(index: Index) -> Iterator[_Edge]:
    for reference in index.references:
        yield _Edge(reference.pointer, reference.node, "$ref", reference.kind)
    for pointer, discriminator in index.nodes["discriminator"]:
        mapping = discriminator.get("mapping")
        if isinstance(mapping, dict):
            yield from (_Edge(join(pointer, "mapping", value), mapping, value, "schema") for value in mapping)


def _move_out(document: Document, index: Index, gone: set[str]) -> None:
    homes: dict[str, str] = {}
    edges = list(_edges(index))
    waiting = [edge for edge in edges if not _is_in(edge.pointer, gone)]
    while waiting:
        edge = waiting.pop(0)
        target = edge.target
        if target is None or target in gone or not _is_in(target, gone):
            continue
        home = _home(target, homes)
        if home is None:
            home = _settle(document, edge.kind, target)
            homes[target] = home
            # What the node refers to is needed from outside now.
            waiting += [inner for inner in edges if f"{inner.pointer}/".startswith(f"{target}/")]
        edge.holder[edge.key] = as_reference(home)


def _settle(document: Document, kind: str, target: str) -> str:
    """Give a node a home among the components, and say where it is."""
    section = join("/components", SECTIONS[kind])
    holder: Any = document.data
    for token in split(section):
        holder = holder.setdefault(token, {})
    base, number = _name(document, target), 1
    name = base
    while name in holder:
        number += 1
        name = f"{base}_{number}"
    holder[name] = find(document.data, target)
    home = join(section, name)
    document.moved(home, target)
    return home


def _name(document: Document, target: str) -> str:
    """What a node is called that has no name: after the operation or the component that it stood in."""
    tokens = split(target)
    owner = tokens[2] if tokens[0] == "components" and len(tokens) > 2 else tokens[min(1, len(tokens) - 1)]
    if tokens[0] == "paths" and len(tokens) > 2:
        item = document.data["paths"].get(tokens[1])
        operation = item.get(tokens[2]) if isinstance(item, dict) else None
        known = operation.get("operationId") if isinstance(operation, dict) else None
        owner = known if isinstance(known, str) and known else f"{tokens[2]}{tokens[1]}"
    return _UNFIT.sub("_", f"{owner}_{tokens[-1]}").strip("_") or "part"


def _is_in(pointer: str, gone: set[str]) -> bool:
    while pointer and pointer not in gone:
        pointer = parent(pointer)
    return bool(pointer)


def _home(target: str, homes: dict[str, str]) -> str | None:
    """Where a node is that moved, or that stands in one that did."""
    return next((home + target[len(old) :] for old, home in homes.items() if f"{target}/".startswith(f"{old}/")), None)
