"""Leaves out what somebody says to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from vcsdk.diagnostics import Diagnostics
from vcsdk.load.document import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import escape, join
from vcsdk.load.walk import walk
from vcsdk.partial.closure import cut
from vcsdk.partial.omissions import leave_out
from vcsdk.partial.units import Unit
from vcsdk.partial.words import full_name


def skip(
    document: Document, operations: Iterable[str], schemas: Iterable[str], diagnostics: Diagnostics
) -> frozenset[str]:
    """Leave out operations by operationId and schemas by name, with all that needs them; each with a note.

    Gives the operations that there were.
    """
    known: dict[str, Unit] = {}
    for unit, operation in _operations(document):
        if isinstance(operation.get("operationId"), str):
            known.setdefault(operation["operationId"], unit)
    found = {name: known[name] for name in operations if name in known}
    wanted = set(schemas)
    named = (unit for unit in _schemas(document) if full_name(document, unit) in wanted) if wanted else ()
    units = [*found.values(), *named]
    _skip(document, units, diagnostics, "the configuration leaves it out")
    return frozenset(found)


def skip_like(document: Document, wanted: Collection[tuple[str, str]], diagnostics: Diagnostics) -> None:
    """Leave out what was left out of another description: operations, schemas, answers and parameters, by their names.

    `wanted` has kind and name of each (`Omission`).
    """
    units = [unit for unit in _all(document) if (unit.kind, full_name(document, unit)) in wanted] if wanted else []
    _skip(document, units, diagnostics, "it is left out of what it is compared with")


def _skip(document: Document, units: list[Unit], diagnostics: Diagnostics, reason: str) -> None:
    if units:
        index = walk(document.data, is_31=document.is_31)
        leave_out(document, index, cut(document, index, (), dict.fromkeys(units, reason)), diagnostics, decided=True)


def _all(document: Document) -> Iterator[Unit]:
    yield from _schemas(document)
    for unit, operation in _operations(document):
        yield unit
        for status, _ in entries(operation.get("responses")):
            yield Unit("answer", join(unit.pointer, "responses", status))
        parameters = operation.get("parameters")
        for position in range(len(parameters) if isinstance(parameters, list) else 0):
            yield Unit("parameter", join(unit.pointer, "parameters", position))


def _operations(document: Document) -> Iterator[tuple[Unit, dict[str, Any]]]:
    for key, item in entries(document.data.get("paths")):
        for tokens, operation in operations_in(item):
            if isinstance(operation, dict):
                yield Unit("operation", join("/paths", key, *tokens)), operation


def _schemas(document: Document) -> Iterator[Unit]:
    for name in _mapping(_mapping(document.data.get("components")).get("schemas")):
        yield Unit("schema", f"/components/schemas/{escape(name)}")


def _mapping(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
