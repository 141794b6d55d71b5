"""What of an API is newer than a version, and what the API was like then."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from vcsdk.ir.api import Api
from vcsdk.ir.operations import Operation
from vcsdk.ir.schemas import Enumeration, Schema, Struct


class Part(enum.StrEnum):
    """What can be newer than a version."""

    OPERATION = "operation"
    PARAMETER = "parameter"
    CLASS = "class"
    FIELD = "field"
    MEMBER = "member"


class Newer(msgspec.Struct, frozen=True):
    """Something that an older server lacks.

    `name` is the Python name (`vcenter.vm.list`, `VcenterVMInfo.boot`, `vcenter.vm.list(names=)`), `wire` what the
    server would have to know: a request line, a schema, or the name in one.
    """

    part: Part
    name: str
    wire: str
    since: str


def newer_than(api: Api, version: str) -> list[Newer]:
    """What came after a version, kind by kind and by name; of what is new as a whole, not each part.

    Raises:
        ValueError: It is no version.
    """
    operations = (newer for operation in api.operations for newer in _operation(operation, version))
    schemas = (newer for schema in api.schemas.values() for newer in _schema(schema, version))
    order = list(Part)
    return sorted([*operations, *schemas], key=lambda newer: (order.index(newer.part), newer.name, newer.wire))


def as_of(api: Api, version: str) -> Api:
    """The API without the operations, parameters, fields and members that came after a version.

    Raises:
        ValueError: It is no version.
    """
    operations = tuple(
        replace(o, parameters=tuple(p for p in o.parameters if not p.lifespan.is_newer_than(version)))
        for o in api.operations
        if not o.lifespan.is_newer_than(version)
    )
    return replace(api, operations=operations, schemas={key: _older(s, version) for key, s in api.schemas.items()})


def _operation(operation: Operation, version: str) -> Iterator[Newer]:
    path = operation.python_path
    if operation.lifespan.is_newer_than(version):
        yield Newer(Part.OPERATION, path, operation.request_line, operation.lifespan.since)
        return
    for parameter in operation.parameters:
        if parameter.lifespan.is_newer_than(version):
            since = parameter.lifespan.since
            yield Newer(
                Part.PARAMETER, f"{path}({parameter.name}=)", f"{operation.request_line}: {parameter.wire_name}", since
            )


def _schema(schema: Schema, version: str) -> Iterator[Newer]:
    if schema.lifespan.is_newer_than(version):
        yield Newer(Part.CLASS, schema.name, schema.wire_name, schema.lifespan.since)
        return
    if isinstance(schema, Struct):
        named = [(Part.FIELD, field.name, field.wire_name, field.lifespan) for field in schema.fields]
    elif isinstance(schema, Enumeration):
        named = [(Part.MEMBER, member.name, str(member.value), member.lifespan) for member in schema.members]
    else:
        return
    for part, name, wire, lifespan in named:
        if lifespan.is_newer_than(version):
            yield Newer(part, f"{schema.name}.{name}", f"{schema.wire_name}: {wire}", lifespan.since)


def _older(schema: Schema, version: str) -> Schema:
    if isinstance(schema, Struct):
        return replace(schema, fields=tuple(f for f in schema.fields if not f.lifespan.is_newer_than(version)))
    if isinstance(schema, Enumeration):
        return replace(schema, members=tuple(m for m in schema.members if not m.lifespan.is_newer_than(version)))
    return schema
