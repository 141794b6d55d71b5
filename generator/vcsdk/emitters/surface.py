"""Emits `surface.txt`, from the same views as the code: what stands in it is what the package has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from vcsdk.config.model import Config
from vcsdk.emitters.client.call_views import ChildView
from vcsdk.emitters.client.emit import client_view, errors_view, package_exports
from vcsdk.emitters.client.resources import Tree
from vcsdk.emitters.client.resources import module_view as resource_view
from vcsdk.emitters.client.views import ErrorView
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.models.emit import module_view
from vcsdk.emitters.models.usage import Usage
from vcsdk.emitters.models.views import AliasView, EnumView, StructView
from vcsdk.emitters.plain_types import PlainTypes
from vcsdk.emitters.signatures import methods
from vcsdk.ir import Api, Schema, Struct
from vcsdk.load import Document
from vcsdk.surface import Alias, Class, ClassKind, Export, Field, Member, Module, Property, Surface, render


def emit(api: Api, config: Config, document: Document) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """`surface.txt` in the folder of the client package."""
    return [text_file(config, "surface.txt", render(surface_of(api, config)))]


def surface_of(api: Api, config: Config) -> Surface:
    """The public names of the client package.  The runtime, which is the same in every package, is left out."""
    tree, errors, types = Tree.of(api), errors_view(api), PlainTypes.of(api)
    exports = tuple(Export(name, home) for name, home in package_exports(config, errors))
    modules = [
        Module("", exports),
        Module("client", classes=tuple(_clients(api, config, tree))),
        Module("errors", classes=tuple(_exception(error) for error in errors.classes)),
        Module("models", tuple(Export(schema.name, schema.module) for schema in api.schemas.values())),
        *_models(api, types),
        *_resources(api, tree, types),
    ]
    return Surface(config.package.module, tuple(modules))


def _clients(api: Api, config: Config, tree: Tree) -> Iterator[Class]:
    view = client_view(api, config, tree)
    for prefix in ("", "Async"):
        properties = _properties(view.children, prefix)
        yield Class(ClassKind.CLASS, prefix + view.class_name, (f"{prefix}Client",), properties=properties)


def _properties(children: Iterable[ChildView], prefix: str) -> tuple[Property, ...]:
    return tuple(Property(child.name, prefix + child.class_name) for child in children)


def _exception(error: ErrorView) -> Class:
    members = [Member("error_type", repr(error.value))]
    if error.status:
        members.append(Member("status", str(error.status)))
    return Class(ClassKind.EXCEPTION, error.name, error.bases, members=tuple(members))


def _models(api: Api, types: PlainTypes) -> Iterator[Module]:
    grouped: dict[str, list[Schema]] = defaultdict(list)
    for schema in api.schemas.values():
        grouped[schema.module].append(schema)
    usage = Usage.of(api)
    for name, schemas in sorted(grouped.items()):
        declared = {schema.name: schema for schema in schemas}
        aliases, classes = [], []
        for symbol in module_view(api, name, schemas, usage).symbols:
            schema = declared[symbol.name]
            if isinstance(symbol, AliasView):
                aliases.append(Alias(symbol.name, types.plain(symbol.annotation), schema.origin))
            elif isinstance(symbol, EnumView):
                members = tuple(Member(member.name, member.value) for member in symbol.members)
                bases = (types.plain(symbol.bases),)
                classes.append(Class(ClassKind.ENUM, symbol.name, bases, members=members, origin=schema.origin))
            else:
                classes.append(_struct(symbol, schema, types))
        yield Module(name, aliases=tuple(aliases), classes=tuple(classes))


def _struct(view: StructView, schema: Schema, types: PlainTypes) -> Class:
    origins = {field.name: field.origin for field in schema.fields} if isinstance(schema, Struct) else {}
    fields = tuple(
        Field(field.name, types.plain(field.annotation), types.default(field.default), origins.get(field.name))
        for field in view.fields
    )
    # Behind the base stand keywords of the class statement, which say how it travels.
    base = view.bases.partition(",")[0]
    return Class(ClassKind.CLASS, view.name, (types.plain(base),), fields, origin=schema.origin)


def _resources(api: Api, tree: Tree, types: PlainTypes) -> Iterator[Module]:
    for path, resource in sorted(api.resources.items()):
        if not path:
            continue
        named = {operation.name: operation for operation in resource.operations}
        classes = []
        for view in resource_view(tree, resource).resources:
            pairs = [methods(each, named[each.name], types) for each in view.operations]
            for place, (prefix, base) in enumerate((("", view.base), ("Async", view.async_base))):
                made = tuple(pair[place] for pair in pairs)
                properties, bases = _properties(view.children, prefix), (types.plain(base),)
                name = prefix + view.class_name
                classes.append(Class(ClassKind.CLASS, name, bases, properties=properties, methods=made))
        yield Module(resource.module, classes=tuple(classes))
