"""Types that are made of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


def references(type_: Type) -> Iterator[str]:
    """Keys of the declared schemas that a type names, from left to right."""
    match type_:
        case Ref(key):
            yield key
        case Map(values, _, keys):
            yield from references(keys) if keys is not None else ()
            yield from references(values)
        case Array(inner) | Nullable(inner):
            yield from references(inner)
        case Union(members, discriminator):
            for member in members:
                yield from references(member)
            # What a value is mapped to need not be among the members.
            yield from (key for _, key in discriminator.mapping) if discriminator is not None else ()


def first_deeper_than(levels: int, schemas: Mapping[str, Schema]) -> Alias | None:
    """The first alias that leads through more than so many others, each made of the next; without recursion."""
    depth: dict[str, int] = {}
    for key, schema in schemas.items():
        if not isinstance(schema, Alias) or key in depth:
            continue
        stack = [(key, _aliases_of(schema, schemas))]
        entered = {key}
        while stack:
            current, needs = stack[-1]
            following = next((n for n in needs if n not in entered and n not in depth), None)
            if following is None:
                stack.pop()
                below = (depth.get(n, 0) for n in _aliases_of(schemas[current], schemas))
                depth[current] = 1 + max(below, default=0)
            else:
                entered.add(following)
                stack.append((following, _aliases_of(schemas[following], schemas)))
    return next((s for k, s in schemas.items() if isinstance(s, Alias) and depth[k] > levels), None)


def _aliases_of(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[str]:
    named = references(schema.type) if isinstance(schema, Alias) else ()
    return (key for key in named if isinstance(schemas.get(key), Alias))
