"""Unions that name themselves among their members, which adds nothing: `A: oneOf [A, string]` is a string."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import ANY, Alias, Kind, Nullable, Ref, Scalar, Schema, Type, Union
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
    if not members:
        # Of itself alone nothing follows.
        return _NULL if _NULL in found else ANY
    union: Type = members[0] if len(members) == 1 else Union(members)
    return Nullable(union) if _NULL in found else union
