"""The call tree: a resource for each fixed path, its class, its module, its children."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from vcsdk.ir import Operation, Resource, Schema
from vcsdk.ir.recursion import references
from vcsdk.naming.modules import file_name
from vcsdk.naming.record import ResourceNames
from vcsdk.naming.reserved import CLASSES
from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import pascal


def tree(
    operations: Sequence[Operation],
    schemas: Mapping[str, Schema],
    released: Mapping[str, ResourceNames] = MappingProxyType({}),
) -> dict[tuple[str, ...], Resource]:
    """Every node by path, the root included; operations in document order, children in alphabetical order.

    What was `released`, by dotted path, keeps its module and class.
    """
    members: dict[tuple[str, ...], list[Operation]] = {(): []}
    for operation in operations:
        for depth in range(len(operation.resource)):
            members.setdefault(operation.resource[:depth], [])
        members.setdefault(operation.resource, []).append(operation)
    paths = sorted(members)
    children: dict[tuple[str, ...], list[tuple[str, ...]]] = {path: [] for path in paths}
    for path in paths:
        if path:
            children[path[:-1]].append(path)
    kept = {".".join(path): released[".".join(path)] for path in paths if ".".join(path) in released}
    homes = {each.path: each.module.removeprefix("resources.") for each in kept.values()}
    dotted = {".".join(path): path for path in paths if path}
    modules = settle(
        (Wish(name, file_name("_".join(path)), name) for name, path in dotted.items() if name not in homes),
        held={module: name for name, module in homes.items()},
    ).names
    modules.update(homes)
    return {
        path: Resource(
            path,
            _class_name(path, members[path], schemas, kept.get(".".join(path))),
            f"resources.{modules['.'.join(path)]}" if path else "",
            tuple(members[path]),
            tuple(children[path]),
        )
        for path in paths
    }


def clear_of_methods(operations: Sequence[Operation], fixed: Collection[str] = ()) -> list[Operation]:
    """The operations, with a resource that would hide a method of its parent under another name: `disconnect_`.

    `POST /host/{host}?action=disconnect` beside `POST /host/{host}/disconnect` makes both `host.disconnect`.
    Those whose keys are `fixed` stay.
    """
    methods = {(*o.resource, o.name) for o in operations}
    return [o if o.key in fixed else replace(o, resource=_free(o.resource, methods)) for o in operations]


def _free(path: tuple[str, ...], methods: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    parts = []
    for depth, name in enumerate(path):
        part = name
        while (*path[:depth], part) in methods:
            part += "_"
        parts.append(part)
    return tuple(parts)


def _class_name(
    path: tuple[str, ...],
    operations: Sequence[Operation],
    schemas: Mapping[str, Schema],
    released: ResourceNames | None,
) -> str:
    if not path:
        return ""
    if released is not None:
        return released.class_name
    name = pascal(path[-1], "Resource")
    mentioned = {schemas[key].name for operation in operations for key in _mentioned(operation)}
    if name in CLASSES or name in mentioned or f"Async{name}" in mentioned:
        return f"{name}Resource"
    return name


def _mentioned(operation: Operation) -> set[str]:
    found: set[str] = set()
    for argument in operation.arguments:
        found.update(references(argument.type))
    for answer in (*operation.responses, *((operation.body,) if operation.body else ())):
        for media in answer.content:
            if media.type is not None:
                found.update(references(media.type))
    return found
