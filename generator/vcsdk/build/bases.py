"""What structs inherit from: a struct itself, and not another name of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import Alias, Ref, Schema, Struct


def with_bases_themselves(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The same schemas; a struct whose base is declared as an alias inherits from the struct that the alias is."""
    return {
        key: replace(schema, base=_struct(schema.base, schemas))
        if isinstance(schema, Struct) and schema.base is not None and not isinstance(schemas.get(schema.base), Struct)
        else schema
        for key, schema in schemas.items()
    }


def _struct(key: str, schemas: Mapping[str, Schema]) -> str:
    """The key of the struct behind aliases; `key` itself where they lead to none."""
    current, seen = key, set[str]()
    while current not in seen and isinstance(schema := schemas.get(current), Alias) and isinstance(schema.type, Ref):
        seen.add(current)
        current = schema.type.key
    return current if isinstance(schemas.get(current), Struct) else key
