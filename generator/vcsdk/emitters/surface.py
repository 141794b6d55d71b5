"""Emits `surface.txt`: the names, types and defaults of the code in their plain spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.construction import has_own
from vcsdk.emitters.client.emit import errors_view, package_exports
from vcsdk.emitters.client.environment import METHOD, env_keywords
from vcsdk.emitters.client.resources import Tree, base_names, child_views
from vcsdk.emitters.client.settings import from_environment, settings
from vcsdk.emitters.client.signatures import Signatures
from vcsdk.emitters.client.views import ErrorView
from vcsdk.emitters.client.webhooks import decoder_type
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.filters import identifier
from vcsdk.emitters.imports import NoImports
from vcsdk.emitters.models.aliases import alias_type
from vcsdk.emitters.models.emit import homes
from vcsdk.emitters.models.enums import enum_base, enum_members, is_enum
from vcsdk.emitters.models.structs import base_of, field_type, is_class
from vcsdk.emitters.prose import one_line
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api, Enumeration, Map, Operation, Resource, Schema, Struct
from vcsdk.ir.usage import Usage
from vcsdk.load import Document
from vcsdk.surface import (
    Alias,
    Class,
    ClassKind,
    Export,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
    Surface,
    joined,
    module_text,
)

_KINDS = {True: ParameterKind.POSITIONAL, False: ParameterKind.KEYWORD}


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """`surface.txt` in the folder of the client package."""
    modules = []
    for name, roots, made in _modules(api, config):
        modules.append((name, texts.text(f"surface {name}", roots, partial(_text, made))))
    return [text_file(config, "surface.txt", joined(config.package.module, modules))]


def _text(made: Callable[[], Module]) -> str:
    return module_text(made())


def surface_of(api: Api, config: Config) -> Surface:
    """The public names of the client package.  The runtime, which no description decides, is left out."""
    return Surface(config.package.module, tuple(made() for _, _, made in _modules(api, config)))


_Roots = Sequence[Operation | Schema]


def _modules(api: Api, config: Config) -> Iterator[tuple[str, _Roots, Callable[[], Module]]]:
    """Each module: its name, what it is made of beside what is known of the whole API, and how."""
    types, errors = Annotator.plain(api.schemas), errors_view(api)
    exports = tuple(Export(name, home) for name, home in package_exports(api, config, errors))
    yield "", (), partial(Module, "", exports)
    yield "client", (), lambda: Module("client", classes=tuple(_clients(api, config)))
    yield "errors", (), lambda: Module("errors", classes=tuple(_exception(error) for error in errors.classes))
    if api.webhooks:
        yield "webhooks", (), lambda: Module("webhooks", aliases=tuple(_decoders(api, types)))
    exported = (Export(name, f"models.{module}") for name, module in homes(api).items())
    yield "models", (), lambda: Module("models", tuple(exported))
    grouped: dict[str, list[Schema]] = defaultdict(list)
    for schema in api.schemas.values():
        grouped[schema.module].append(schema)
    usage = Usage(api)
    for module, schemas in sorted(grouped.items()):
        yield module, schemas, partial(_models, api, module, schemas, types, usage)
    signatures = Signatures(types, Tree.of(api).twins)
    for path, resource in sorted(api.resources.items()):
        if path:
            yield resource.module, resource.operations, partial(_resource_module, api, resource, signatures)


def _decoders(api: Api, types: Annotator) -> Iterator[Alias]:
    for webhook in api.webhooks:
        spelled = f"Callable[[bytes | str], {decoder_type(webhook, types)}]"
        yield Alias(identifier(webhook.name), spelled, webhook.origin)


def _clients(api: Api, config: Config) -> Iterator[Class]:
    root = api.resources.get(())
    for prefix in ("", "Async"):
        properties = _properties(api, root.children if root is not None else (), prefix)
        name = prefix + identifier(config.package.client)
        made = (_constructor(api, prefix),) if has_own(api) else ()
        if all(each.name != METHOD for each in properties):
            made = (*made, Method(METHOD, _made_of(api, prefix, environment=True), "Self"))
        yield Class(ClassKind.CLASS, name, (f"{prefix}Client",), properties=properties, methods=made)


def _constructor(api: Api, prefix: str) -> Method:
    return Method("__init__", _made_of(api, prefix), "None")


def _made_of(api: Api, prefix: str, *, environment: bool = False) -> tuple[Parameter, ...]:
    plain = NoImports()
    target, *others = env_keywords(api, plain, ())
    given = settings(plain, (), {target.name, *(each.name for each in others)}, asynchronous=bool(prefix))
    return (
        Parameter(target.name, ParameterKind.POSITIONAL, target.annotation, target.default),
        *(Parameter(each.name, ParameterKind.KEYWORD, each.annotation, each.default) for each in others),
        *(
            Parameter(each.name, ParameterKind.KEYWORD, each.annotation, each.default)
            for each in (from_environment(found) if environment else found for found in given)
        ),
    )


def _properties(api: Api, paths: Sequence[tuple[str, ...]], prefix: str) -> tuple[Property, ...]:
    return tuple(Property(child.name, prefix + child.class_name) for child in child_views(api, paths, ()))


def _exception(error: ErrorView) -> Class:
    members = [Member("error_type", repr(error.value))]
    if error.status:
        members.append(Member("status", str(error.status)))
    return Class(ClassKind.EXCEPTION, error.name, error.bases, members=tuple(members))


def _models(api: Api, module: str, schemas: Sequence[Schema], types: Annotator, usage: Usage) -> Module:
    aliases, classes = [], []
    for schema in schemas:
        if is_class(schema, api.schemas):
            classes.append(_struct(schema, types, usage))
        elif is_enum(schema):
            classes.append(_enum(schema, types))
        else:
            aliases.append(Alias(identifier(schema.name), alias_type(schema, types), schema.origin))
    return Module(module, aliases=tuple(aliases), classes=tuple(classes))


def _struct(struct: Struct, types: Annotator, usage: Usage) -> Class:
    fields = []
    for each in struct.fields:
        type_, default = field_type(each, types, required=usage.is_required(struct, each))
        fields.append(Field(identifier(each.name), type_, default, each.origin))
    if struct.additional is not None:
        # A dict of its own for each object, as `...` says in stubs.
        fields.append(Field(identifier(struct.additional_name), types.spell(Map(struct.additional)), "..."))
    bases = (base_of(struct, types),)
    return Class(ClassKind.CLASS, identifier(struct.name), bases, tuple(fields), origin=struct.origin)


def _enum(schema: Enumeration, types: Annotator) -> Class:
    members = tuple(Member(member.name, member.value) for member in enum_members(schema))
    bases = (enum_base(schema, types),)
    return Class(ClassKind.ENUM, identifier(schema.name), bases, members=members, origin=schema.origin)


def _resource_module(api: Api, resource: Resource, signatures: Signatures) -> Module:
    return Module(resource.module, classes=tuple(_resource(api, resource, signatures)))


def _resource(api: Api, resource: Resource, signatures: Signatures) -> Iterator[Class]:
    pairs = [_methods(operation, signatures) for operation in resource.operations]
    for place, (prefix, base) in enumerate(zip(("", "Async"), base_names(api, resource), strict=True)):
        name = prefix + identifier(resource.class_name)
        # The class `Tasks` knows the runtime's `Tasks` by another name.
        bases = (base if base != name else f"_{base}",)
        properties = _properties(api, resource.children, prefix)
        methods = tuple(method for pair in pairs for method in pair[place])
        yield Class(ClassKind.CLASS, name, bases, properties=properties, methods=methods)


def _methods(operation: Operation, signatures: Signatures) -> tuple[tuple[Method, ...], tuple[Method, ...]]:
    # The twin takes `AsyncContent` where this takes `Content`; one word for both, so that one change is told once.
    parameters = tuple(
        Parameter(keyword.name, _KINDS[keyword.by_place], keyword.annotation, keyword.default)
        for keyword in signatures.keywords(operation)
    )
    request = one_line(operation.request_line)
    returns, async_returns = signatures.returns(operation)
    methods = tuple(
        Method(identifier(name), parameters, returns, request=request, origin=operation.origin)
        for name in (operation.name, *operation.also)
    )
    return methods, tuple(replace(method, returns=async_returns, asynchronous=True) for method in methods)
