"""What a type comes to once names, aliases and inheritance are followed: two schemas are compared by this alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vcsdk.diagnostics import Origin
from vcsdk.diff.changes import Shape
from vcsdk.ir import (
    UNCONSTRAINED,
    Alias,
    Array,
    Constant,
    Constraints,
    Discriminator,
    Enumeration,
    Field,
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

_JSON = {
    Kind.ANY: "any",
    Kind.NULL: "null",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A type without its names.

    `values` are the listed values (None where any value is allowed), `items` the type of array items or map values,
    `keys` that of the keys of a map that is a list of pairs, `fields` the properties of an object by wire name, `extra`
    the type of its further properties, `closed` that it refuses such, `members` those of a union (empty for anything
    else).  `name` is the schema's own name, for messages alone.
    """

    shape: Shape
    nullable: bool = False
    format: str | None = None
    constraints: Constraints = UNCONSTRAINED
    values: tuple[object, ...] | None = None
    items: Type | None = None
    keys: Type | None = None
    fields: Mapping[str, Field] | None = None
    extra: Type | None = None
    closed: bool = False
    members: tuple[Type, ...] = ()
    discriminator: Discriminator | None = None
    tag_field: str | None = None
    name: str = ""
    origin: Origin | None = None


def resolve(type_: Type, schemas: Mapping[str, Schema]) -> Resolved:
    """Follow a type to what it is."""
    nullable, name, origin = False, "", None
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            nullable, type_ = True, type_.type
        elif isinstance(type_, Ref) and isinstance(schema := schemas[type_.key], Alias) and type_.key not in seen:
            seen.add(type_.key)
            name, origin, type_ = schema.wire_name, schema.origin, schema.type
        else:
            break
    match type_:
        case Scalar(Kind.ANY):
            return Resolved(Shape("any"), nullable, name=name, origin=origin)
        case Scalar(kind, format_, constraints):
            # 3.1 says `contentEncoding`.
            format_ = format_ or ("byte" if kind is Kind.BYTE else None)
            return Resolved(Shape(_JSON.get(kind, "string")), nullable, format_, constraints, name=name, origin=origin)
        case Constant(value):
            return Resolved(Shape(json_kind(value)), nullable, values=(value,), name=name, origin=origin)
        case Array(items, constraints):
            return Resolved(Shape("array"), nullable, None, constraints, items=items, name=name, origin=origin)
        case Map(values, constraints, keys, closed):
            shape = Shape("object", free=True) if keys is None else Shape("array", pairs=True)
            free = Resolved(shape, nullable, None, constraints, items=values, keys=keys, name=name, origin=origin)
            return replace(free, closed=closed)
        case Union(members) if all(isinstance(member, Constant) for member in members):
            constants = tuple(member.value for member in members if isinstance(member, Constant))
            return Resolved(Shape(json_kind(constants[0])), nullable, values=constants, name=name, origin=origin)
        case Union(members, discriminator):
            union = Resolved(Shape("union"), nullable, discriminator=discriminator, name=name, origin=origin)
            return _united(union, members, schemas)
        case Ref(key):
            return _declared(schemas[key], schemas, nullable)
    raise TypeError(type_)


def _united(union: Resolved, members: tuple[Type, ...], schemas: Mapping[str, Schema]) -> Resolved:
    """A union with its members; what is left alone is not one."""
    flat, null = _flatten(members, schemas)
    nullable = union.nullable or null
    if len(flat) != 1:
        return replace(union, nullable=nullable, members=flat)
    alone = resolve(flat[0], schemas)
    return replace(alone, nullable=alone.nullable or nullable)


def _declared(schema: Schema, schemas: Mapping[str, Schema], nullable: bool) -> Resolved:
    if isinstance(schema, Enumeration):
        values = None if schema.opened else tuple(member.value for member in schema.listed)
        kind = _JSON.get(schema.kind, "string")
        return Resolved(Shape(kind), nullable, values=values, name=schema.wire_name, origin=schema.origin)
    if isinstance(schema, Struct):
        return Resolved(
            Shape("object"),
            nullable,
            fields={field.wire_name: field for field in _fields(schema, schemas)},
            extra=schema.additional,
            closed=_is_closed(schema, schemas),
            tag_field=schema.tag_field,
            discriminator=schema.discriminator,
            name=schema.wire_name,
            origin=schema.origin,
        )
    # An alias that leads back to itself says nothing.
    return Resolved(Shape("any"), nullable, name=schema.wire_name, origin=schema.origin)


def _is_closed(struct: Struct, schemas: Mapping[str, Schema]) -> bool:
    base = schemas.get(struct.base) if struct.base is not None else None
    return struct.closed or (isinstance(base, Struct) and _is_closed(base, schemas))


def _fields(struct: Struct, schemas: Mapping[str, Schema]) -> list[Field]:
    """Inherited properties first; what the builder made a tag is a property on the wire all the same."""
    base = schemas.get(struct.base) if struct.base is not None else None
    fields = _fields(base, schemas) if isinstance(base, Struct) else []
    if struct.tag_field is not None:
        tag = Field(struct.tag_field, Scalar(Kind.STRING), required=True, origin=struct.origin)
        fields = [*(field for field in fields if field.wire_name != struct.tag_field), tag]
    return [*fields, *struct.fields]


def _flatten(members: tuple[Type, ...], schemas: Mapping[str, Schema]) -> tuple[tuple[Type, ...], bool]:
    """The members with nested unions opened, and whether null is among them."""
    found: dict[Type, None] = {}
    null = False
    for member in members:
        inner = resolve(member, schemas)
        null = null or inner.nullable or inner.shape.kind == "null"
        for each in inner.members or (member,):
            if inner.shape.kind != "null":
                found[each] = None
    if Scalar(Kind.NUMBER) in found:
        # A number may be a whole one.
        found.pop(Scalar(Kind.INTEGER), None)
    return tuple(found), null


def is_plain(type_: Type, schemas: Mapping[str, Schema]) -> bool:
    """Whether values of a type have no parts."""
    found = resolve(type_, schemas)
    if found.members:
        return all(is_plain(member, schemas) for member in found.members)
    return found.shape.kind in ("string", "integer", "number", "boolean", "null")


def json_kind(value: object) -> str:
    """The JSON kind of a value: "string", "integer", "number", "boolean" or "null"."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "integer" if isinstance(value, int) else "number"
