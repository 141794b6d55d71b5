"""What schemas come to, names and documentation left out: equal ones have the same shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

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
    """What a schema says by itself, and the keys of those that it leads to, in order; aliases are looked through."""
    look = _Outline(schemas)
    if isinstance(schema, Enumeration):
        said = repr(("enumeration", str(schema.kind), sorted(repr(member.value) for member in schema.members)))
    elif isinstance(schema, Alias):
        look.open.add(schema.key)
        said = look.type(schema.type)
    else:
        fields = sorted(all_fields(schema, schemas), key=lambda field: field.wire_name)
        own = (
            f"({f.wire_name!r}, {f.required!r}, {f.read_only!r}, {f.write_only!r}, {look.type(f.type)})" for f in fields
        )
        said = f"('struct', [{', '.join(own)}], "
        more = look.type(schema.additional) if schema.additional is not None else "None"
        said += f"{more}, {schema.tag_field!r}, {schema.tag!r})"
    return said, look.targets


class _Outline:
    """Says types one after the other; `targets` are the schemas that they lead to."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.targets: list[str] = []
        self.open: set[str] = set()
        self._schemas = schemas

    def type(self, type_: Type) -> str:
        """What a type says, with `ref` for a schema of its own.

        Types stand in each other as deep as a description likes: what is still to be said waits here, and not on the
        interpreter's stack.
        """
        said: list[str] = []
        waiting: list[Type | str | _Closing] = [type_]
        while waiting:
            match waiting.pop():
                case str(text):
                    said.append(text)
                case _Closing(key):
                    self.open.discard(key)
                case Ref(key):
                    waiting += self._reference(key)
                case Array(items, constraints):
                    waiting += (f", {constraints!r})", items, "('array', ")
                case Map(values, constraints, keys):
                    waiting += (")", "None" if keys is None else keys, f", {constraints!r}, ", values, "('map', ")
                case Nullable(inner):
                    waiting += (")", inner, "('nullable', ")
                case Union(members, discriminator):
                    told = discriminator.property if discriminator is not None else None
                    between = [part for member in members for part in (member, ", ")][:-1]
                    waiting += (f"], {told!r})", *reversed(between), "('union', [")
                case other:
                    said.append(repr(other))
        return "".join(said)

    def _reference(self, key: str) -> tuple[Type | str | _Closing, ...]:
        schema = self._schemas.get(key)
        if isinstance(schema, Alias) and key not in self.open:
            self.open.add(key)
            return _Closing(key), schema.type
        self.targets.append(key)
        return ("'ref'",)


class _Closing(msgspec.Struct, frozen=True):
    """Behind what an alias stands for: from there on it may stand for it again."""

    key: str


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
