"""Emits `docs/reference.md`: every resource, method, argument and error on one page."""

from __future__ import annotations

import msgspec

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.errors import Raised, raised
from vcsdk.emitters.client.results import result_type, without_task
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.prose import deprecated, identifies, one_line, since, split_sentence, with_facts
from vcsdk.emitters.render import render
from vcsdk.ir import Api, Operation
from vcsdk.load import Document


class ArgumentRow(msgspec.Struct, frozen=True):
    """A row of the table of arguments."""

    name: str
    annotation: str
    required: bool
    doc: str


class MethodEntry(msgspec.Struct, frozen=True):
    """A method on the page."""

    path: str
    request: str
    summary: str
    rest: str
    safety: str
    since: str
    deprecated: str
    returns: str
    arguments: tuple[ArgumentRow, ...]
    errors: tuple[Raised, ...]


class ResourceEntry(msgspec.Struct, frozen=True):
    """A node of the call tree on the page."""

    path: str
    methods: tuple[MethodEntry, ...]


def emit(api: Api, config: Config, document: Document) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """One page, in the order of the call tree."""
    types = Annotator(api.schemas, Imports("reference"), checked=False)
    twins = {without_task(o): o for o in api.operations if not o.task}
    resources = [
        ResourceEntry(
            ".".join(path), tuple(_method(api, types, o, twins.get(without_task(o))) for o in node.operations)
        )
        for path, node in sorted(api.resources.items())
        if node.operations
    ]
    page = render(
        "docs/reference.md.jinja",
        title=one_line(api.title) or config.package.distribution,
        version=api.version,
        package=config.package,
        resources=resources,
        errors=api.error_types,
    )
    return [text_file(config, "docs/reference.md", page)]


def _method(api: Api, types: Annotator, operation: Operation, twin: Operation | None) -> MethodEntry:
    result = result_type(operation) if not operation.task else result_type(twin) if twin is not None else None
    returns = types.spell(result) if result is not None else "None"
    first, rest = split_sentence(operation.description)
    return MethodEntry(
        operation.python_path,
        operation.request_line,
        operation.summary or first,
        operation.description if operation.summary else rest,
        operation.safety.value,
        operation.lifespan.since,
        deprecated(operation.lifespan) if operation.deprecated else "",
        f"Task[{returns}]" if operation.task else returns,
        tuple(
            ArgumentRow(
                a.name,
                types.spell(a.type) if a.required else types.optional(a.type),
                a.required,
                with_facts(one_line(a.description), identifies(a.identifies), since(a.lifespan, operation.lifespan)),
            )
            for a in operation.arguments
        ),
        tuple(raised(api, operation)),
    )
