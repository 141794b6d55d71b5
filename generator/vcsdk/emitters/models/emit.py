"""Emits `models/`: a module a group of schemas, and a lazy package over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.file import File, module_file
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.lazy import package
from vcsdk.emitters.memo import Memo
from vcsdk.emitters.models.order import in_definition_order
from vcsdk.emitters.models.structs import is_class, struct_view
from vcsdk.emitters.models.usage import Usage
from vcsdk.emitters.models.views import AliasView, EnumView, MemberView, ModuleView, StructView
from vcsdk.emitters.prose import described, one_line, since, with_facts
from vcsdk.emitters.render import render
from vcsdk.ir import (
    ANY,
    Alias,
    Api,
    Enumeration,
    EnumMember,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.recursion import is_recursive
from vcsdk.ir.unions import Strategy, flatten, strategy, union_of
from vcsdk.load import Document

_PACKAGE = "models"


def emit(api: Api, config: Config, document: Document) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """`models/__init__.py` and one file for each module that naming made."""
    modules: dict[str, list[Schema]] = defaultdict(list)
    for schema in api.schemas.values():
        modules[schema.module].append(schema)
    usage = Usage.of(api)
    views = [(module, module_view(api, module, schemas, usage)) for module, schemas in sorted(modules.items())]
    files = [module_file(config, module, render("models/module.py.jinja", module=view)) for module, view in views]
    doc = f"Data types of {one_line(api.title) or config.package.distribution}; each module loads when first used."
    exports = [(schema.name, schema.module.removeprefix(f"{_PACKAGE}.")) for schema in api.schemas.values()]
    return [module_file(config, f"{_PACKAGE}.__init__", package(doc, exports)), *files]


_made = Memo()


def module_view(api: Api, module: str, schemas: list[Schema], usage: Usage) -> ModuleView:
    """What one module holds, imports included."""
    return _made.get(api, module, lambda: _module_view(api, module, schemas, usage))


def _module_view(api: Api, module: str, schemas: list[Schema], usage: Usage) -> ModuleView:
    imports = Imports(module, taken={schema.name for schema in schemas})
    annotator = Annotator(api.schemas, imports)
    symbols = tuple(_view(schema, annotator, usage) for schema in in_definition_order(schemas))
    group = module.removeprefix(f"{_PACKAGE}.").replace("_", " ").replace(".", ", ")
    return ModuleView(f"Data types: {group}.", tuple(imports.lines()), tuple(imports.lazy_lines()), symbols)


def _view(schema: Schema, annotator: Annotator, usage: Usage) -> StructView | EnumView | AliasView:
    if isinstance(schema, Struct):
        if is_class(schema, annotator.schemas):
            return struct_view(schema, annotator, usage)
        return _plain_object(schema, annotator)
    if isinstance(schema, Enumeration) and schema.kind in (Kind.STRING, Kind.INTEGER):
        return _enum_view(schema, annotator.imports)
    return _alias_view(schema, annotator)


def _plain_object(schema: Struct, annotator: Annotator) -> AliasView:
    names = ", ".join(f"`{one_line(field.wire_name)}`" for field in schema.fields)
    doc = f"A dict: a class cannot have all its properties ({names}).\n\n{described(schema)}"
    annotator.imports.use("typing", "TypeAlias")
    return AliasView(identifier(schema.name), annotator.spell(Map(ANY)), doc)


def _enum_view(schema: Enumeration, imports: Imports) -> EnumView:
    base = imports.runtime("OpenEnum" if schema.kind is Kind.STRING else "OpenIntEnum")
    members = tuple(
        MemberView(identifier(m.name), python_literal(m.value), _member_doc(m, schema)) for m in schema.members
    )
    return EnumView(identifier(schema.name), base, described(schema), members)


def _member_doc(member: EnumMember, schema: Enumeration) -> str:
    return with_facts(member.description, since(member.lifespan, schema.lifespan))


def _alias_view(schema: Alias | Enumeration, annotator: Annotator) -> AliasView:
    name, doc = identifier(schema.name), described(schema)
    annotator.imports.use("typing", "TypeAlias")
    if isinstance(schema, Enumeration):
        # msgspec has no enumeration of numbers with fractions.
        return AliasView(name, annotator.imports.builtin("float"), doc)
    annotation = annotator.spell(schema.type)
    if is_recursive(schema, annotator.schemas):
        # The interpreter cannot define an alias by itself; msgspec passes plain JSON through.
        annotator.imports.use("typing", "TYPE_CHECKING")
        return AliasView(name, python_literal(annotation), doc, annotator.imports.use("typing", "Any"))
    union = union_of(schema)
    if union is not None and strategy(union, annotator.schemas) is not Strategy.NATIVE:
        annotator.imports.use("typing", "TYPE_CHECKING")
        if union.discriminator is not None:
            unknown = annotator.spell(Map(ANY))
            annotation = f"{annotation.removesuffix(' | None')} | {unknown}"
            annotation += " | None" if annotator.accepts_none(schema.type) else ""
            property_ = one_line(union.discriminator.property)
            doc = f"{doc}\n\nAn object whose `{property_}` is not among theirs stays a dict, as it came."
        return AliasView(name, annotation, doc, _choice(schema, union, annotator))
    return AliasView(name, annotation, doc)


def _choice(schema: Alias, union: Union, annotator: Annotator) -> str:
    """The call that makes the runtime's stand-in for a union that msgspec cannot take apart."""
    members = dict.fromkeys(annotator.spell(member) for member in _members(union, annotator))
    arguments = [python_literal(schema.name), f"lambda: ({', '.join(members)},)"]
    if union.discriminator is not None:
        mapping = [
            f"{python_literal(value)}: {annotator.schema(key)}"
            for value, key in union.discriminator.mapping
            if key in annotator.schemas
        ]
        arguments += [python_literal(union.discriminator.property), f"lambda: {{{', '.join(mapping)}}}"]
    made = f"{annotator.imports.runtime('one_of')}({', '.join(arguments)})"
    return f"{made} | None" if annotator.accepts_none(schema.type) else made


def _members(union: Union, annotator: Annotator) -> Iterator[Type]:
    """What is tried, null aside; a union below that has a decoder of its own stays whole."""
    null = Scalar(Kind.NULL)
    for member in union.members:
        inner = member.type if isinstance(member, Nullable) else member
        below = union_of(annotator.schemas[inner.key]) if isinstance(inner, Ref) else None
        if below is not None and strategy(below, annotator.schemas) is not Strategy.NATIVE:
            yield inner
        else:
            yield from (found for found in flatten(member, annotator.schemas) if found != null)
