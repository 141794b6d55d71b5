"""What schemas come to, names and documentation left out: equal ones have the same shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from vcsdk.ir import Alias, Array, Enumeration, Map, Nullable, Ref, Schema, Type, Union
from vcsdk.ir.finite import all_fields
from vcsdk.unrolled import Calls, unrolled

_ROUNDS = 5
"""How deep schemas are looked into."""
_LENGTH = 12
_MOST = 256
"""Aliases that are looked through for one schema: where two lead to each next one, they double with every level."""


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
    """What a schema says by itself, and the keys of those that it leads to, in order; aliases are looked through."""
    look = _Outline(schemas)
    if isinstance(schema, Enumeration):
        said = repr(("enumeration", str(schema.kind), sorted(repr(member.value) for member in schema.listed)))
    elif isinstance(schema, Alias):
        look.open.add(schema.key)
        said = look.said(schema.type)
    else:
        fields = sorted(all_fields(schema, schemas), key=lambda field: field.wire_name)
        own = (
            f"({f.wire_name!r}, {f.required!r}, {f.read_only!r}, {f.write_only!r}, {look.said(f.type)})" for f in fields
        )
        said = f"('struct', [{', '.join(own)}], "
        more = look.said(schema.additional) if schema.additional is not None else "None"
        said += f"{more}, {schema.tag_field!r}, {schema.tag!r})"
    return said, look.targets


class _Outline:
    """Says types one after the other; `targets` are the schemas that they lead to."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.targets: list[str] = []
        self.open: set[str] = set()
        self._schemas = schemas
        self._looked = 0

    def said(self, type_: Type) -> str:
        """What a type says, with `ref` for a schema of its own; types stand in each other as deep as they like."""
        return unrolled(self._type(type_))

    def _type(self, type_: Type) -> Calls[str]:
        match type_:
            case Ref(key):
                reference: str = yield self._reference(key)
                return reference
            case Array(items, constraints):
                inner = yield self._type(items)
                return f"('array', {inner}, {constraints!r})"
            case Map(values, constraints, keys):
                inner = yield self._type(values)
                named = "None" if keys is None else (yield self._type(keys))
                return f"('map', {inner}, {constraints!r}, {named})"
            case Nullable(inner_type):
                inner = yield self._type(inner_type)
                return f"('nullable', {inner})"
            case Union(members, discriminator):
                inners = []
                for member in members:
                    inners.append((yield self._type(member)))
                told = discriminator.property if discriminator is not None else None
                return f"('union', [{', '.join(inners)}], {told!r})"
        return repr(type_)

    def _reference(self, key: str) -> Calls[str]:
        schema = self._schemas.get(key)
        if isinstance(schema, Alias) and key not in self.open and self._looked < _MOST:
            self._looked += 1
            self.open.add(key)
            said: str = yield self._type(schema.type)
            self.open.discard(key)
            return said
        self.targets.append(key)
        return "'ref'"


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
