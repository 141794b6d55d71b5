"""Where maps stand that travel as lists of `{key, value}`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from vcsdk.ir.schemas import Alias, Schema, Struct
from vcsdk.ir.types import Array, Map, Nullable, Ref, Type, Union


def holders_of_pairs(schemas: Mapping[str, Schema]) -> frozenset[str]:
    """Keys of the schemas whose values can hold such maps, at whatever depth."""
    found: set[str] = set()
    users: dict[str, set[str]] = defaultdict(set)
    for key, schema in schemas.items():
        for part in _parts(schema):
            if isinstance(part, Ref):
                users[part.key].add(key)
            elif isinstance(part, Map) and part.keys is not None:
                found.add(key)
    rest = list(found)
    while rest:
        above = users[rest.pop()] - found
        found |= above
        rest += above
    return frozenset(found)


def holds_pairs(type_: Type, holders: Collection[str]) -> bool:
    """True for a type whose values can hold such maps; `holders` are those of `holders_of_pairs`."""
    return any(
        part.key in holders if isinstance(part, Ref) else isinstance(part, Map) and part.keys is not None
        for part in _within(type_)
    )


def _parts(schema: Schema) -> Iterator[Type]:
    if isinstance(schema, Alias):
        yield from _within(schema.type)
    elif isinstance(schema, Struct):
        for field in schema.fields:
            yield from _within(field.type)
        yield from _within(schema.additional) if schema.additional is not None else ()
        if schema.base is not None:
            yield Ref(schema.base)


def _within(type_: Type) -> Iterator[Type]:
    """The type and what it is made of, without following references."""
    yield type_
    match type_:
        case Array(inner) | Map(inner) | Nullable(inner):
            yield from _within(inner)
        case Union(members):
            for member in members:
                yield from _within(member)
