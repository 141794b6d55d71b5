"""What has to go when some places cannot be used: the parts they are in, and every part that needs one of those."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from vcsdk.load.document import Document
from vcsdk.load.pointer import escape, find, from_fragment, join, parent
from vcsdk.load.walk import Index
from vcsdk.partial.units import Unit, unit_of
from vcsdk.partial.words import words

NEEDS = "left-out"
"""The rule of what is only left out because it needs something that is."""


class Fault(msgspec.Struct, frozen=True):
    """A place that cannot be used: the rule that says so, and why."""

    place: str
    rule: str
    reason: str


class Cut(msgspec.Struct, frozen=True):
    """What goes: each part with its faults, the first of which is its reason.

    `whole` has the faults that belong to no part; nothing can be left out then.
    """

    units: dict[Unit, list[Fault]]
    whole: list[Fault]


def cut(
    document: Document, index: Index, faults: Sequence[Fault], given: Mapping[Unit, str] = MappingProxyType({})
) -> Cut:
    """Find what faults cost, and what parts cost that are given up for the reasons given.

    A place makes everything that holds it unusable, up to its part; whoever refers to one of those nodes has a fault
    where it does.
    """
    uses = _uses(index)
    found = Cut({}, [])
    unusable: set[str] = set()
    pending: deque[tuple[Fault, Unit | None]] = deque((fault, None) for fault in faults)
    pending.extend((Fault(unit.pointer, NEEDS, reason), unit) for unit, reason in given.items())
    while pending:
        fault, unit = pending.popleft()
        unit = unit or unit_of(document, fault.place)
        top = unit.pointer if unit is not None else _target_above(fault.place, uses)
        if top is None:
            found.whole.append(fault)
            continue
        if unit is not None:
            found.units.setdefault(unit, []).append(fault)
        what = words(document, unit) if unit is not None else f"`#{top}`"
        for pointer in _reached(document, unit, top, fault.place):
            if pointer not in unusable:
                unusable.add(pointer)
                pending.extend((Fault(place, NEEDS, f"it needs {what}"), None) for place in uses.get(pointer, ()))
        if not pending:
            pending.extend((Fault(place, NEEDS, "nothing of it is left"), None) for place in _emptied(document, found))
    return found


def outermost(units: Iterable[Unit]) -> list[Unit]:
    """Those that do not lie in another one."""
    known = {unit.pointer for unit in units}
    return [unit for unit in units if not any(above in known for above in _above(unit.pointer))]


def _uses(index: Index) -> dict[str, list[str]]:
    """The places that refer to a node, by its pointer: references, mappings, links to operations, security."""
    found: dict[str, list[str]] = defaultdict(list)
    for reference in index.references:
        if reference.target.startswith("#"):
            found[from_fragment(reference.target[1:])].append(f"{reference.pointer}/$ref")
    for pointer, discriminator in index.nodes["discriminator"]:
        mapping = discriminator.get("mapping")
        for value, target in mapping.items() if isinstance(mapping, dict) else ():
            if isinstance(target, str):
                local = from_fragment(target[1:]) if target.startswith("#") else join("/components/schemas", target)
                found[local].append(join(pointer, "mapping", value))
    for pointer, requirement in index.nodes["requirement"]:
        for name in requirement:
            found[join("/components/securitySchemes", name)].append(join(pointer, name))
    ids = {str(operation.get("operationId")): pointer for pointer, operation in index.nodes["operation"]}
    for pointer, link in index.nodes["link"]:
        address = link.get("operationRef")
        if isinstance(address, str) and address.startswith("#"):
            found[from_fragment(address[1:])].append(pointer)
        elif isinstance(link.get("operationId"), str) and link["operationId"] in ids:
            found[ids[link["operationId"]]].append(pointer)
    return found


def _target_above(place: str, uses: dict[str, list[str]]) -> str | None:
    """The node outside the known sections that somebody refers to and that has this place."""
    return next((pointer for pointer in (place, *_above(place)) if pointer in uses), None)


def _reached(document: Document, unit: Unit | None, top: str, place: str) -> Iterator[str]:
    """The nodes that hold a place, up to the top one; of a path, its operations too."""
    yield place
    for pointer in _above(place):
        if len(pointer) < len(top):
            return
        yield pointer
    if unit is not None and unit.kind == "path":
        item = find(document.data, unit.pointer)
        for method in item if isinstance(item, dict) else ():
            yield f"{unit.pointer}/{escape(method)}"


def _emptied(document: Document, found: Cut) -> Iterator[str]:
    """The unions of which every entry goes, and that have not been given up yet."""
    lists: dict[str, int] = defaultdict(int)
    for unit in found.units:
        if unit.kind == "entry":
            lists[parent(unit.pointer)] += 1
    blamed = {fault.place for faults in found.units.values() for fault in faults}
    for pointer, count in lists.items():
        if count == len(find(document.data, pointer)) and pointer not in blamed:
            yield pointer


def _above(pointer: str) -> Iterator[str]:
    while pointer:
        pointer = parent(pointer)
        yield pointer
