"""What VMware says in set phrases goes from descriptions into fields of the IR; for the profile `vapi` alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from vcsdk.ir import (
    UNKNOWN,
    Enumeration,
    EnumMember,
    ErrorType,
    Field,
    Operation,
    Parameter,
    Reason,
    Ref,
    Schema,
    Struct,
)
from vcsdk.ir.operations import Response
from vcsdk.vapi_prose.enumerations import take_values
from vcsdk.vapi_prose.identifiers import take_identifies
from vcsdk.vapi_prose.lifespans import take_lifespan
from vcsdk.vapi_prose.phrases import told_once
from vcsdk.vapi_prose.reasons import lines_of, standard_error, take_reasons

N = TypeVar("N", Field, Parameter)


def with_schema_facts(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas with what their prose says of versions and identifiers, which it then says no more."""
    return {key: _schema(schema) for key, schema in schemas.items()}


def with_operation_facts(
    operation: Operation, schemas: Mapping[str, Schema], family: Mapping[str, ErrorType]
) -> Operation:
    """The same of an operation and its parameters; its answers get their reasons by type of error, of the family."""
    return replace(
        operation,
        **_dated(operation.description),
        parameters=tuple(_identified(parameter) for parameter in operation.parameters),
        responses=tuple(_with_reasons(response, schemas, family) for response in operation.responses),
    )


def _schema(schema: Schema) -> Schema:
    if isinstance(schema, Struct):
        fields = tuple(_identified(field) for field in schema.fields)
        return replace(schema, **_dated(schema.description), fields=fields)
    if isinstance(schema, Enumeration):
        rest, listed = take_values(schema.description)
        told = listed.values if listed is not None else {}
        members = tuple(_member(member, told) for member in schema.members)
        return replace(schema, **{"description": rest, **_dated(rest)}, members=members)
    return replace(schema, **_dated(schema.description))


def _member(member: EnumMember, told: Mapping[str, str]) -> EnumMember:
    rest, lifespan = take_lifespan(member.description or told.get(str(member.value), ""))
    return replace(member, description=rest, lifespan=lifespan) if rest else member


def _identified(node: N) -> N:
    rest, identifies = take_identifies(node.description)
    changes = _dated(rest)
    if rest != node.description:
        changes = {"description": rest, "identifies": identifies, **changes}
    return replace(node, **changes) if changes else node


def _dated(text: str) -> dict[str, Any]:
    """The fields that change where a text says which versions have the thing, or says something twice."""
    rest, lifespan = take_lifespan(text)
    rest = told_once(rest)
    changes: dict[str, Any] = {"description": rest} if rest != text else {}
    if lifespan != UNKNOWN:
        changes["lifespan"] = lifespan
    if lifespan.deprecated_since:
        changes["deprecated"] = True
    return changes


def _with_reasons(response: Response, schemas: Mapping[str, Schema], family: Mapping[str, ErrorType]) -> Response:
    if not response.status.startswith(("4", "5")):
        return response
    reasons = [_reason(name, when, family) for name, when in take_reasons(response.description)]
    if not reasons:
        error = _error_of(response, schemas, family)
        reasons = [Reason(error, when) for when in lines_of(response.description)] if error else []
    return replace(response, reasons=tuple(reasons)) if reasons else response


def _reason(name: str, when: str, family: Mapping[str, ErrorType]) -> Reason:
    """The reason by its type; an error beyond the family is told by its name."""
    rest, lifespan = take_lifespan(when)
    error = family.get(standard_error(name) or "")
    error_type = error.value if error is not None else ""
    rest = rest if error_type else f"*{name}* {rest}".rstrip()
    return Reason(error_type, f"{rest} Since version {lifespan.since}." if lifespan.since else rest)


def _error_of(response: Response, schemas: Mapping[str, Schema], family: Mapping[str, ErrorType]) -> str:
    """The type of the only error whose schema the answer has; "" where that is the base of all."""
    for media in response.content:
        schema = schemas.get(media.type.key) if isinstance(media.type, Ref) else None
        found = family.get(standard_error(schema.wire_name) or "") if schema is not None else None
        if found is not None and found.value != "ERROR":
            return found.value
    return ""
