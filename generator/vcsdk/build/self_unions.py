"""Unions that name themselves among their members, which adds nothing: `A: oneOf [A, string]` is a string."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import Alias, Kind, Nullable, Ref, Scalar, Schema, Type, Union
from vcsdk.ir.unions import flatten

_NULL = Scalar(Kind.NULL)


def without_themselves(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The same schemas; such a union has what its members come to instead."""
    return {
        key: replace(schema, type=_unrolled(schema.type, schemas))
        if isinstance(schema, Alias) and _names_itself(schema, schemas)
        else schema
        for key, schema in schemas.items()
    }


def _names_itself(alias: Alias, schemas: Mapping[str, Schema]) -> bool:
    rest, seen = [alias.type], set[str]()
    while rest:
        match rest.pop():
            case Nullable(inner):
                rest.append(inner)
            case Union(members):
                rest += members
            case Ref(key) if key == alias.key:
                return True
            case Ref(key) if key not in seen and isinstance(schema := schemas.get(key), Alias):
                seen.add(key)
                rest.append(schema.type)
    return False


def _unrolled(type_: Type, schemas: Mapping[str, Schema]) -> Type:
    found = tuple(dict.fromkeys(flatten(type_, schemas)))
    members = tuple(member for member in found if member != _NULL)
    union: Type = members[0] if len(members) == 1 else Union(members) if members else _NULL
    return Nullable(union) if members and _NULL in found else union
