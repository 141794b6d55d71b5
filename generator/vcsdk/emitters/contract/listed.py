"""Which lists give the identifiers that a reading operation has in its path."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.sources import PARAMETER, Source
from vcsdk.emitters.contract.requests import needs_no_more
from vcsdk.emitters.contract.shapes import answered, fields_at
from vcsdk.ir import Api, Array, In, Kind, Operation, Parameter, Scalar, Struct, Type
from vcsdk.ir.enveloping import Place
from vcsdk.ir.finite import all_fields
from vcsdk.ir.identifying import identifying
from vcsdk.ir.resolving import resolve


def sources_of(api: Api, catalogue: Catalogue) -> dict[str, tuple[Source, ...]]:
    """For each GET whose path has identifiers that lists show: the list of each, in the order of the path.

    Both change nothing, and need no more than their paths.
    """
    readers = {o.path.rstrip("/"): o for o in api.operations if _is_plain_reading(api, catalogue, o)}
    found = {}
    for operation in readers.values():
        sources = _sources(api, readers, operation) if "{" in operation.path and operation.success else None
        if sources is not None:
            found[operation.python_path] = sources
    return found


def items_of(api: Api, operation: Operation, parameter: Parameter) -> tuple[tuple[str, ...] | None, str]:
    """Where an answer has its items, and the identifier in each; None where that is not clear."""
    type_ = answered(operation)
    found = resolve(type_, api.schemas) if type_ is not None else None
    if isinstance(found, Array):
        key = _key(api, found.items, parameter)
        return ((), key) if key is not None else (None, "")
    level: list[Place] = [()]
    while level:
        arrays: list[tuple[Place, str]] = []
        below: list[Place] = []
        for place in level:
            for name, field in fields_at(api, type_, place, sent=False).items():
                inner = resolve(field.type, api.schemas)
                if isinstance(inner, Array) and (key := _key(api, inner.items, parameter)) is not None:
                    arrays.append(((*place, name), key))
                if isinstance(inner, Struct) and not place:
                    below.append((name,))
        if arrays:
            return arrays[0] if len(arrays) == 1 else (None, "")
        level = below
    return None, ""


def _key(api: Api, type_: Type, parameter: Parameter) -> str | None:
    found = resolve(type_, api.schemas)
    if isinstance(found, Scalar):
        # An item that can be anything may be listed in any form.
        return "" if found.kind is not Kind.ANY else None
    fields = all_fields(found, api.schemas) if isinstance(found, Struct) else ()
    return identifying(parameter.wire_name, (field.wire_name for field in fields))


def _is_plain_reading(api: Api, catalogue: Catalogue, operation: Operation) -> bool:
    fact = catalogue.named(operation.python_path)
    if operation.method != "GET" or fact is None or fact.effect is not Effect.READ or fact.unanswerable:
        return False
    special = operation.role or operation.fixed_query or operation.presence or operation.fixed_headers
    if special or operation.server or operation.task or fact.indistinct:
        return False
    return needs_no_more(api, operation)


def _sources(api: Api, readers: Mapping[str, Operation], operation: Operation) -> tuple[Source, ...] | None:
    declared = {p.wire_name: p for p in operation.parameters if p.location is In.PATH}
    segments = operation.path.rstrip("/").split("/")
    found = []
    for number, segment in enumerate(segments):
        names = re.findall(PARAMETER, segment)
        if not names:
            continue
        parameter, listing = declared.get(names[0]), readers.get("/".join(segments[:number]))
        if len(names) > 1 or parameter is None or listing is None:
            return None
        if (
            parameter.style != "simple"
            or parameter.content_type
            or not isinstance(resolve(parameter.type, api.schemas), Scalar)
        ):
            return None
        items, key = items_of(api, listing, parameter)
        if items is None:
            return None
        found.append(Source(listing.python_path, items, key))
    return tuple(found)
