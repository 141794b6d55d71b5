"""How a union can be decoded: what msgspec does by itself, and what needs a decoder of ours."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

from vcsdk.ir.schemas import Alias, Enumeration, Schema, Struct
from vcsdk.ir.types import Array, Constant, Discriminator, Kind, Map, Nullable, Ref, Scalar, Type, Union


class Strategy(enum.StrEnum):
    """The way from JSON to a member.

    `native`: the JSON kinds differ, msgspec picks.  `tagged`: the discriminator tells all objects apart; our decoder
    asks it, because msgspec would refuse a value that a newer server invents.  `ordered`: our decoder asks the
    discriminator if there is one, else tries the members in the stated order.
    """

    NATIVE = "native"
    TAGGED = "tagged"
    ORDERED = "ordered"


_JSON_KIND = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
}


def flatten(type_: Type, schemas: Mapping[str, Schema]) -> list[Type]:
    """The members a type comes to, aliases and nested unions followed; a struct or enumeration stays a `Ref`."""
    if not isinstance(type_, Union | Nullable) and not (
        isinstance(type_, Ref) and isinstance(schemas.get(type_.key), Alias)
    ):
        return [type_]  # as most are
    found: list[Type] = []
    seen: set[str] = set()
    rest: list[Type] = [type_]
    while rest:
        match rest.pop():
            case Union(members):
                rest += reversed(members)
            case Nullable(inner):
                rest += [Scalar(Kind.NULL), inner]
            case Ref(key) if isinstance(schema := schemas.get(key), Alias):
                if key not in seen:
                    seen.add(key)
                    rest.append(schema.type)
            case other:
                found.append(other)
    return found


def json_kind(type_: Type, schemas: Mapping[str, Schema]) -> str:
    """What a flattened type looks like in JSON: object, array, text, integer, number, boolean, null or any."""
    match type_:
        case Scalar(Kind.ANY):
            return "any"
        case Scalar(kind):
            return _JSON_KIND.get(kind, "text")
        case Constant(value):
            return _constant_kind(value)
        case Array():
            return "array"
        case Map(keys=keys):
            return "object" if keys is None else "array"
        case Ref(key):
            schema = schemas.get(key)
            if isinstance(schema, Enumeration):
                return _JSON_KIND.get(schema.kind, "text")
            return "object" if isinstance(schema, Struct) else "any"
    return "any"


def _constant_kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "text"


def union_of(schema: Schema) -> Union | None:
    """The union that a schema is another name for, null aside; None for anything else."""
    type_ = schema.type if isinstance(schema, Alias) else None
    while isinstance(type_, Nullable):
        type_ = type_.type
    return type_ if isinstance(type_, Union) else None


def strategy(union: Union, schemas: Mapping[str, Schema]) -> Strategy:
    """How this union is decoded; a pure function of the finished IR."""
    members = [m for m in flatten(union, schemas) if m != Scalar(Kind.NULL)]
    kinds = [json_kind(member, schemas) for member in members]
    distinct = "any" not in kinds and len(set(kinds)) == len(kinds) and not {"integer", "number"} <= set(kinds)
    if distinct and not _asks_a_discriminator(union, schemas):
        # msgspec cannot look into a class of ours that stands beside others.
        apart = any(map(_is_ours(schemas), members)) or _breaks_memory(members)
        return Strategy.ORDERED if apart and len(kinds) > 1 else Strategy.NATIVE
    structs = [schemas.get(m.key) for m in members if isinstance(m, Ref)]
    tags = [(s.tag_field, s.tag) for s in structs if isinstance(s, Struct)]
    others = [kind for kind in kinds if kind != "object"]
    if (
        len(tags) == kinds.count("object")
        and all(tag is not None for _, tag in tags)
        and len({tag_field for tag_field, _ in tags}) == 1
        and len(set(tags)) == len(tags)
        and "any" not in others
        and len(set(others)) == len(others)
    ):
        return Strategy.TAGGED
    return Strategy.ORDERED


def _is_ours(schemas: Mapping[str, Schema]) -> Callable[[Type], bool]:
    """Tells the types that are classes of our runtime: `Secret`, `OpenModel`, `Pairs`, and those of single values."""

    def is_ours(type_: Type) -> bool:
        if isinstance(type_, Map):
            return type_.keys is not None
        if isinstance(type_, Scalar):
            return type_.kind in (Kind.PASSWORD, Kind.BYTE, Kind.DURATION) or type_.is_stepped
        schema = schemas.get(type_.key) if isinstance(type_, Ref) else None
        return isinstance(schema, Struct) and schema.additional is not None

    return is_ours


def _breaks_memory(members: list[Type]) -> bool:
    """True for a text with a pattern beside a list or a map.

    msgspec (0.22.0 and before) counts the pattern among the types of what is within when it lets go of such a union,
    which `msgspec.convert` does after each call: memory that is not its own is freed, and the process ends later.
    """
    patterns = any(isinstance(member, Scalar) and member.constraints.pattern is not None for member in members)
    return patterns and any(isinstance(member, Array | Map) for member in members)


def _asks_a_discriminator(type_: Type, schemas: Mapping[str, Schema]) -> bool:
    """True where a discriminator is asked at this place: by the union itself or by one among its members."""
    rest, seen = [type_], set[str]()
    while rest:
        match rest.pop():
            case Union(_, Discriminator()):
                return True
            case Union(members):
                rest += members
            case Nullable(inner):
                rest.append(inner)
            case Ref(key) if key not in seen and isinstance(schema := schemas.get(key), Alias):
                seen.add(key)
                rest.append(schema.type)
    return False
