"""What schemas come to, names and documentation left out: equal ones have the same shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from vcsdk.ir import Alias, Array, Enumeration, Map, Nullable, Ref, Schema, Type, Union
from vcsdk.ir.finite import all_fields

_ROUNDS = 5
"""How deep schemas are looked into."""
_LENGTH = 12


def shapes(schemas: Mapping[str, Schema]) -> dict[str, str]:
    """Hex digits for each schema by key; of two that differ, also some way inside, other ones."""
    outlines = {key: outline(schema, schemas) for key, schema in schemas.items()}
    own = {key: _digest(said) for key, (said, _) in outlines.items()}
    told = own
    for _ in range(_ROUNDS):
        told = {
            key: _digest(" ".join((own[key], *(told.get(target, "") for target in targets))))
            for key, (_, targets) in outlines.items()
        }
    return told


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def outline(schema: Schema, schemas: Mapping[str, Schema]) -> tuple[str, list[str]]:
    """What a schema says by itself, and the keys of those that it leads to, in order."""
    targets: list[str] = []
    said: object
    if isinstance(schema, Enumeration):
        said = ("enumeration", str(schema.kind), sorted(repr(member.value) for member in schema.members))
    elif isinstance(schema, Alias):
        said = ("alias", _type(schema.type, targets))
    else:
        fields = sorted(all_fields(schema, schemas), key=lambda field: field.wire_name)
        own = [(f.wire_name, f.required, f.read_only, f.write_only, _type(f.type, targets)) for f in fields]
        more = _type(schema.additional, targets) if schema.additional is not None else None
        said = ("struct", own, more, schema.tag_field, schema.tag)
    return repr(said), targets


def _type(type_: Type, targets: list[str]) -> object:
    match type_:
        case Ref(key):
            targets.append(key)
            return "ref"
        case Array(items, constraints):
            return ("array", _type(items, targets), constraints)
        case Map(values, constraints, keys):
            return ("map", _type(values, targets), constraints, None if keys is None else _type(keys, targets))
        case Nullable(inner):
            return ("nullable", _type(inner, targets))
        case Union(members, discriminator):
            said = [_type(member, targets) for member in members]
            return ("union", said, discriminator.property if discriminator is not None else None)
    return type_


def equal(one: str, other: str, schemas: Mapping[str, Schema]) -> dict[str, str] | None:
    """The pairs of schemas, from those below `one` to those below `other`, if the two come to the same; else None."""
    met: dict[str, str] = {}
    rest = [(one, other)]
    while rest:
        first, second = rest.pop()
        if first in met or first == second:
            if met.get(first, second) != second:
                return None
            continue
        met[first] = second
        (own, targets), (others, thence) = (outline(schemas[key], schemas) for key in (first, second))
        if own != others or len(targets) != len(thence):
            return None
        rest += zip(targets, thence, strict=True)
    return met
