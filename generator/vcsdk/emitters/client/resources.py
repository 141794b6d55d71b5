"""Emits `resources/`: a module a node of the call tree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import msgspec

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.carried import carries_tasks
from vcsdk.emitters.client.operations import OperationWriter
from vcsdk.emitters.client.paging import page_classes, page_names
from vcsdk.emitters.client.results import without_task
from vcsdk.emitters.client.signatures import Signatures
from vcsdk.emitters.client.views import ChildView, ResourceModuleView, ResourceView
from vcsdk.emitters.file import File, module_file
from vcsdk.emitters.filters import identifier
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.prose import one_line
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import Texts
from vcsdk.ir import Api, Operation, Resource
from vcsdk.ir.pairs import holders_of_pairs
from vcsdk.naming.reserved import CLIENT_EMITTED, CLIENT_SINCE


class Tree(msgspec.Struct, frozen=True):
    """What the modules of resources know of each other: constants by operation key, twins by request.

    `pairs` are the keys of the schemas whose values can hold maps that travel as lists of pairs.
    """

    api: Api
    constants: Mapping[str, str]
    twins: Mapping[tuple[object, ...], Operation]
    pairs: frozenset[str]

    @classmethod
    def of(cls, api: Api) -> Tree:
        """The tree of an API whose names are set."""
        constants = {o.key: f"_{identifier(o.name).upper()}" for o in api.operations}
        twins = {without_task(o): o for o in api.operations if not o.task}
        return cls(api, constants, twins, holders_of_pairs(api.schemas))


def emit_resources(api: Api, config: Config, tree: Tree, texts: Texts) -> list[File]:
    """`resources/__init__.py` and one file for each resource below the root."""
    files = [
        module_file(config, "resources.__init__", '"""The call tree; each module is imported when first used."""\n')
    ]
    for path, resource in sorted(api.resources.items()):
        if path:
            made = partial(_module, tree, resource)
            text = texts.text(f"client {resource.module}", resource.operations, made, resource.path)
            files.append(module_file(config, resource.module, text))
    return files


def _module(tree: Tree, resource: Resource) -> str:
    return render("client/resource.py.jinja", module=module_view(tree, resource))


def module_view(tree: Tree, resource: Resource) -> ResourceModuleView:
    """What a resource's module holds, imports included."""
    names = {resource.class_name, f"Async{resource.class_name}"}
    children = child_views(tree.api, resource.children, names)
    names |= {name for child in children for name in (child.alias, child.async_alias)}
    names |= {tree.constants[o.key] for o in resource.operations}
    pages = page_names(resource.operations, tree.api.schemas, names)
    names |= {name for page in pages.values() for name in (page, f"Async{page}")}
    imports = Imports(resource.module, taken=names)
    base, async_base = (imports.runtime(each) for each in base_names(tree.api, resource))
    if resource.operations:
        imports.runtime("Operation")
    types = Annotator(tree.api.schemas, imports)
    members = {name for o in resource.operations for name in (o.name, *o.also)} | {child.name for child in children}
    signatures = Signatures(types.unchecked(members), tree.twins, pages)
    writer = OperationWriter(tree.api, types, signatures, tree.constants, tree.pairs)
    operations = tuple(writer.view(operation) for operation in _read_first(resource))
    classes = page_classes(resource.operations, pages, types.unchecked(()))
    if children:
        imports.use("functools", "cached_property")
    if children or classes:
        imports.use("typing", "TYPE_CHECKING")
    lazy = tuple(line for child in sorted(children, key=lambda child: child.module) for line in child.import_lines("."))
    view = ResourceView(identifier(resource.class_name), base, async_base, _doc(resource), operations, children)
    path = ".".join(resource.path)
    return ResourceModuleView(f"`{path}`: {_doc(resource)}", tuple(imports.lines()), lazy, (view,), classes)


def base_names(api: Api, resource: Resource) -> tuple[str, str]:
    """The classes of the runtime that a resource's class and its asynchronous twin derive from."""
    # `client.tasks` is the runtime's, with `attach`; operations under that name add to it.
    base = "Tasks" if resource.path == ("tasks",) and carries_tasks(api) else "Resource"
    return base, f"Async{base}"


def child_views(api: Api, paths: Sequence[tuple[str, ...]], taken: Collection[str]) -> tuple[ChildView, ...]:
    """The properties that lead to sub-resources; a class whose name is `taken` or comes twice gets another one here."""
    used = set(taken)
    views = []
    for path in paths:
        resource = api.resources[path]
        name = identifier(resource.class_name)
        alias = name
        while alias in used or f"Async{alias}" in used:
            alias += "_"
        used |= {alias, f"Async{alias}"}
        module = resource.module.removeprefix("resources.")
        # Released before the client class had a method of the name.
        hides = len(path) == 1 and path[0] in CLIENT_SINCE - CLIENT_EMITTED
        views.append(ChildView(identifier(path[-1]), module, name, alias, _doc(resource), hides))
    return tuple(views)


def _read_first(resource: Resource) -> list[Operation]:
    """The operations in document order, except that one that another's outcome is read with comes before it."""
    needed = {o.outcome.operation for o in resource.operations if o.outcome is not None}
    return sorted(resource.operations, key=lambda o: o.operation_id not in needed)


def _doc(resource: Resource) -> str:
    if resource.operations:
        shortest = min((one_line(o.path) for o in resource.operations), key=len)
        return f"`{shortest}`"
    return "Holds " + ", ".join(f"`{path[-1]}`" for path in resource.children)
