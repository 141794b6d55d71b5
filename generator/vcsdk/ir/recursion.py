"""Types that are made of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.ir.schemas import Alias, Schema
from vcsdk.ir.types import Array, Map, Nullable, Ref, Type, Union


def is_recursive(alias: Alias, schemas: Mapping[str, Schema]) -> bool:
    """True for an alias that reaches itself through aliases, arrays, maps and unions alone."""
    return alias.key in reachable_aliases(alias.type, schemas)


def reachable_aliases(type_: Type, schemas: Mapping[str, Schema]) -> set[str]:
    """Keys of the aliases that a type needs in order to be evaluated."""
    found: set[str] = set()
    rest: list[Type] = [type_]
    while rest:
        match rest.pop():
            case Ref(key) if key not in found and isinstance(schema := schemas[key], Alias):
                found.add(key)
                rest.append(schema.type)
            case Map(values, _, keys):
                rest += [values] if keys is None else [keys, values]
            case Array(inner) | Nullable(inner):
                rest.append(inner)
            case Union(members):
                rest.extend(members)
    return found
