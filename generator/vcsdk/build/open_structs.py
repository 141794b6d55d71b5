"""Structs that keep properties beside the known ones are written out in full.

Their Python class is not one that others can inherit from, nor can it inherit: what it keeps depends on all its fields.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import Schema, Struct


def flatten_open(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The same schemas; a struct that has `additional`, or inherits it, holds all fields and has no base."""
    return {key: _flat(schema, schemas) if isinstance(schema, Struct) else schema for key, schema in schemas.items()}


def _flat(struct: Struct, schemas: Mapping[str, Schema]) -> Struct:
    chain = [struct]
    while (base := chain[-1].base) is not None and isinstance(above := schemas.get(base), Struct):
        chain.append(above)
    additional = next((s.additional for s in chain if s.additional is not None), None)
    if additional is None or len(chain) == 1:
        return struct
    fields = tuple(field for s in reversed(chain) for field in s.fields)
    return replace(struct, base=None, fields=fields, additional=additional)
