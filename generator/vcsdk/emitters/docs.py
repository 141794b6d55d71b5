"""Emits `docs/reference.md`: every resource, method, argument and error on one page."""

from __future__ import annotations

from functools import partial

import msgspec

from vcsdk.config.model import Config
from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.errors import Raised, raised
from vcsdk.emitters.client.resources import Tree
from vcsdk.emitters.client.signatures import Signatures
from vcsdk.emitters.examples import Examples
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.prose import deprecated, identifies, one_line, since, split_sentence, with_facts
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api, Operation, Resource
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
    example: str


class ResourceEntry(msgspec.Struct, frozen=True):
    """A node of the call tree on the page."""

    path: str
    methods: tuple[MethodEntry, ...]


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """One page, in the order of the call tree."""
    signatures, examples = Signatures(Annotator.plain(api.schemas), Tree.of(api).twins), Examples(api)
    module = config.package.module
    resources = [
        texts.text(
            f"docs {node.module}",
            node.operations,
            partial(_resource, api, signatures, examples, module, path, node),
            path,
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


def _resource(
    api: Api, signatures: Signatures, examples: Examples, module: str, path: tuple[str, ...], node: Resource
) -> str:
    entry = ResourceEntry(".".join(path), tuple(_method(api, signatures, examples, module, o) for o in node.operations))
    return render("docs/resource.md.jinja", resource=entry)


def _method(api: Api, signatures: Signatures, examples: Examples, module: str, operation: Operation) -> MethodEntry:
    types, (returns, _) = signatures.types, signatures.returns(operation)
    first, rest = split_sentence(operation.description)
    return MethodEntry(
        operation.python_path,
        operation.request_line,
        operation.summary or first,
        operation.description if operation.summary else rest,
        operation.safety.value,
        operation.lifespan.since,
        deprecated(operation.lifespan) if operation.deprecated else "",
        returns,
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
        examples.source(operation, module, gives=returns != "None"),
    )
