"""Discriminated unions: gives structs the tag by which msgspec tells them apart.

A struct can carry one tag only.  Where every union it stands in asks for the same property and value it is
tagged, and the property leaves its fields; else the union is decoded by the generated decoder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.ir import Alias, Field, Ref, Schema, Struct, Union
from generator.ir.unions import flatten


def tag_structs(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The same schemas, members of discriminated unions tagged where one tag serves all their unions."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    spoiled: set[str] = set()
    for union in _unions(schemas):
        discriminator = union.discriminator
        members = [
            m.key for m in flatten(union, schemas) if isinstance(m, Ref) and isinstance(schemas.get(m.key), Struct)
        ]
        if discriminator is None:
            continue
        for key in members:
            values = {value for value, target in discriminator.mapping if target == key}
            if len(values) == 1:
                wanted.setdefault(key, set()).add((discriminator.property, values.pop()))
            else:
                spoiled.add(key)
    tagged = dict(schemas)
    for key, tags in wanted.items():
        struct = schemas[key]
        if key in spoiled or len(tags) != 1 or not isinstance(struct, Struct) or _is_base(key, schemas):
            continue
        tag_field, tag = next(iter(tags))
        fields, base = struct.fields, struct.base
        if any(f.wire_name == tag_field for f in _inherited(struct, schemas)):
            fields, base = (*_inherited(struct, schemas), *struct.fields), None
        kept = tuple(f for f in fields if f.wire_name != tag_field)
        tagged[key] = replace(struct, fields=kept, base=base, tag_field=tag_field, tag=tag)
    return tagged


def _unions(schemas: Mapping[str, Schema]) -> Iterator[Union]:
    """Every union with parts is declared as an alias of its own, so looking at the aliases finds all."""
    for schema in schemas.values():
        if isinstance(schema, Alias) and isinstance(schema.type, Union):
            yield schema.type


def _is_base(key: str, schemas: Mapping[str, Schema]) -> bool:
    return any(isinstance(s, Struct) and s.base == key for s in schemas.values())


def _inherited(struct: Struct, schemas: Mapping[str, Schema]) -> tuple[Field, ...]:
    base = schemas.get(struct.base) if struct.base else None
    if not isinstance(base, Struct):
        return ()
    return (*_inherited(base, schemas), *base.fields)
