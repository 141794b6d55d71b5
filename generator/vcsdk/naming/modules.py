"""Which module of `models` a class lives in.

Classes that belong together share a module, so that a call loads what it needs and a change touches few files.
Modules import each other without cycles: modules that would need one another become one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from vcsdk.ir import Alias, Schema, Struct
from vcsdk.ir.recursion import references as type_references
from vcsdk.naming.words import safe, snake

_LONGEST = 200
_LONGEST_CHAIN = 40
_DEEPEST = 3
"""What belongs to deeper nodes of the call tree stands with this one: to find and read a module takes as long as ten
classes in it, and who uses `vm.hardware` meets most of what is below."""


def file_name(name: str) -> str:
    """The name, cut where it would not fit a file system: those end at 255 bytes, suffixes included."""
    return name.encode()[:_LONGEST].decode(errors="ignore")


def references(schema: Schema) -> set[str]:
    """Keys of the schemas that this one's Python class mentions."""
    found: set[str] = set()
    if isinstance(schema, Struct):
        for field in schema.fields:
            found.update(type_references(field.type))
        if schema.additional is not None:
            found.update(type_references(schema.additional))
        if schema.base is not None:
            found.add(schema.base)
    elif isinstance(schema, Alias):
        found.update(type_references(schema.type))
    return found


def assign(
    schemas: Mapping[str, Schema],
    classes: Mapping[str, str],
    resources: Collection[tuple[str, ...]],
    released: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """The dotted module ("models.vcha_cluster") of each schema key, cycles between modules merged away.

    What was `released` stays in its module, unless that would now be part of a cycle.
    """
    # Of the inner nodes of the call tree those count that are more than the name of the whole API.
    shortened = {path[:_DEEPEST] for path in resources}
    prefixes = {"_".join(path[:depth]) for path in shortened for depth in range(min(2, len(path)), len(path) + 1)}
    # The union of a base and its subtypes stands with the base.
    wanted = {key: _group(snake(classes[_named_like(key, classes)]), prefixes) for key in schemas}
    wanted |= {key: module.removeprefix("models.") for key, module in released.items() if key in wanted}
    graph = {key: {target for target in references(schema) if target in schemas} for key, schema in schemas.items()}
    merged = _merge_cycles(wanted, graph)
    return {key: f"models.{safe(merged[wanted[key]])}" for key in schemas}


def _named_like(key: str, classes: Mapping[str, str]) -> str:
    """The base whose module a schema stands in, where it is the union of one; any other is its own."""
    base = key.removesuffix("/discriminator")
    return base if base in classes else key


def _group(name: str, prefixes: Collection[str]) -> str:
    parts = name.split("_")
    for length in range(len(parts), 0, -1):
        candidate = "_".join(parts[:length])
        if candidate in prefixes:
            return file_name(candidate)
    name = "_".join(parts[:2]) if parts[0] == "vapi" else parts[0] or "common"
    return file_name(name)


def _merge_cycles(wanted: Mapping[str, str], graph: Mapping[str, set[str]]) -> dict[str, str]:
    """From each wanted module to the one it ends in; a module that is part of a cycle joins its first member."""
    edges: dict[str, set[str]] = {}
    for key, targets in graph.items():
        edges.setdefault(wanted[key], set()).update(wanted[t] for t in targets if wanted[t] != wanted[key])
    final = {module: module for module in edges}
    while True:
        condensed: dict[str, set[str]] = {}
        for module, targets in edges.items():
            condensed.setdefault(final[module], set()).update(final[t] for t in targets if final[t] != final[module])
        try:
            order = tuple(TopologicalSorter({m: sorted(t) for m, t in sorted(condensed.items())}).static_order())
        except CycleError as error:
            cycle = sorted(set(error.args[1]))
            for module, current in final.items():
                if current in cycle:
                    final[module] = cycle[0]
        else:
            return _shortened(final, condensed, order)


def _shortened(final: Mapping[str, str], edges: Mapping[str, set[str]], order: Iterable[str]) -> dict[str, str]:
    """The same, without chains of imports longer than Python's own stack allows: what is far above stands together."""
    level: dict[str, int] = {}
    for module in order:
        level[module] = 1 + max((level[target] for target in edges.get(module, ())), default=0)
    far = sorted(module for module in level if level[module] > _LONGEST_CHAIN)
    return {module: far[0] if current in far else current for module, current in final.items()} if far else dict(final)
