"""Requests that a server makes: callbacks and webhooks, typed as operations are.

No client sends them and no class is made of what stands in them alone, so they are no part of an `Api`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vcsdk.build.bases import with_bases_themselves
from vcsdk.build.compose import MAX_LEVELS
from vcsdk.build.open_structs import flatten_open
from vcsdk.build.operations import OperationBuilder
from vcsdk.build.schemas import SchemaBuilder
from vcsdk.build.self_unions import without_themselves
from vcsdk.build.tags import tag_structs
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Operation, Schema
from vcsdk.ir.recursion import first_deeper_than
from vcsdk.load import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join


class Calls(msgspec.Struct, frozen=True):
    """Requests of a server by the key of their operation, and the schemas that they lead to."""

    operations: Mapping[str, Operation] = {}
    schemas: Mapping[str, Schema] = {}


def calls(document: Document, profile: str) -> Calls:
    """Build the requests that the server of a normalised, checked document makes.

    Components have the keys that they have in the API.
    """
    found: dict[str, tuple[str, tuple[str, ...], dict[str, Any], str]] = {}
    for expression, item, place in (*_callbacks(document), *_webhooks(document)):
        for tokens, called in operations_in(item):
            if isinstance(called, dict):
                found.setdefault("#" + join(place, *tokens), (expression, tokens, item, place))
    if not found:
        return Calls()
    schemas = SchemaBuilder(document, Diagnostics(), profile)
    builder = OperationBuilder(document, schemas, Diagnostics(), constants=False)
    operations = {key: builder.operation(*where) for key, where in found.items()}
    declared = schemas.declared
    # What is too deep was refused where it is a component; below a callback nothing is made of it.
    if first_deeper_than(MAX_LEVELS, declared) is None:
        declared = without_themselves(declared)
    return Calls(operations, flatten_open(tag_structs(with_bases_themselves(declared))))


def _callbacks(document: Document) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Path items of callbacks: the expression of the address, the item, where it is."""
    for key, node in entries(document.data.get("paths")):
        place, item = _resolved(document, node, join("/paths", key))
        for tokens, operation in operations_in(item):
            if not isinstance(operation, dict):
                continue
            at = join(place, *tokens, "callbacks")
            listed = operation.get("callbacks")
            for name, callback in listed.items() if isinstance(listed, dict) else ():
                where, expressions = _resolved(document, callback, join(at, name))
                for expression, called in entries(expressions):
                    pointer, found = _resolved(document, called, join(where, expression))
                    yield expression, found, pointer


def _webhooks(document: Document) -> Iterator[tuple[str, dict[str, Any], str]]:
    for name, node in entries(document.data.get("webhooks")):
        place, item = _resolved(document, node, join("/webhooks", name))
        yield name, item, place


def _resolved(document: Document, node: Any, pointer: str) -> tuple[str, dict[str, Any]]:
    """Where a node or what it refers to is, and what it is; nothing where it is no mapping."""
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        pointer, node = document.resolve(node["$ref"])
    return pointer, node if isinstance(node, dict) else {}
