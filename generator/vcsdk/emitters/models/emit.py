"""Emits `models/`: a module a group of schemas, and a lazy package over them."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.file import File, module_file
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.lazy import package
from vcsdk.emitters.models.aliases import alias_view
from vcsdk.emitters.models.enums import enum_view, is_enum
from vcsdk.emitters.models.order import in_definition_order
from vcsdk.emitters.models.structs import is_class, struct_view
from vcsdk.emitters.models.views import AliasView, EnumView, ModuleView, StructView
from vcsdk.emitters.prose import one_line
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api, Schema
from vcsdk.ir.usage import Usage
from vcsdk.load import Document

_PACKAGE = "models"


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """`models/__init__.py` and one file for each module that naming made."""
    modules: dict[str, list[Schema]] = defaultdict(list)
    for schema in api.schemas.values():
        modules[schema.module].append(schema)
    usage = Usage(api)
    files = []
    for module, schemas in sorted(modules.items()):
        made = partial(_module, api, module, schemas, usage)
        files.append(module_file(config, module, texts.text(f"models {module}", schemas, made)))
    doc = f"Data types of {one_line(api.title) or config.package.distribution}; each module loads when first used."
    exports = homes(api).items()
    return [module_file(config, f"{_PACKAGE}.__init__", package(doc, exports)), *files]


def homes(api: Api) -> dict[str, str]:
    """The module, below `models`, of each name; of one that had to move where it is defined now."""
    found: dict[str, str] = {}
    for schema in api.schemas.values():
        found.setdefault(schema.name, schema.module.removeprefix(f"{_PACKAGE}."))
    return found


def _module(api: Api, module: str, schemas: list[Schema], usage: Usage) -> str:
    return render("models/module.py.jinja", module=module_view(api, module, schemas, usage))


def module_view(api: Api, module: str, schemas: list[Schema], usage: Usage) -> ModuleView:
    """What one module holds, imports included."""
    imports = Imports(module, taken={schema.name for schema in schemas})
    annotator = Annotator(api.schemas, imports)
    symbols = tuple(_view(schema, annotator, usage) for schema in in_definition_order(schemas))
    group = module.removeprefix(f"{_PACKAGE}.").replace("_", " ").replace(".", ", ")
    return ModuleView(f"Data types: {group}.", tuple(imports.lines()), tuple(imports.lazy_lines()), symbols)


def _view(schema: Schema, annotator: Annotator, usage: Usage) -> StructView | EnumView | AliasView:
    if is_class(schema, annotator.schemas):
        return struct_view(schema, annotator, usage)
    return enum_view(schema, annotator) if is_enum(schema) else alias_view(schema, annotator)
