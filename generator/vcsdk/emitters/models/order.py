"""The order in which a models module defines its names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vcsdk.ir import Alias, Schema, Struct
from vcsdk.ir.recursion import references


def in_definition_order(schemas: Sequence[Schema]) -> list[Schema]:
    """The schemas in their own order, but each behind what Python needs to define it.

    A class needs its base; an alias needs all it names.  Annotations need nothing: they are read when used.
    """
    here = {schema.key: schema for schema in schemas}
    placed: dict[str, Schema] = {}
    entered: set[str] = set()
    for schema in schemas:
        # An explicit stack: chains of aliases can be longer than Python's own stack.
        stack = [(schema, _needs(schema, here))]
        entered.add(schema.key)
        while stack:
            current, needs = stack[-1]
            following = next((n for n in needs if n.key not in entered), None)
            if following is None:
                placed.setdefault(current.key, current)
                stack.pop()
            else:
                entered.add(following.key)
                stack.append((following, _needs(following, here)))
    return list(placed.values())


def _needs(schema: Schema, here: Mapping[str, Schema]) -> Iterator[Schema]:
    if isinstance(schema, Struct):
        keys = [schema.base] if schema.base is not None else []
    elif isinstance(schema, Alias):
        keys = list(references(schema.type))
    else:
        keys = []
    return iter([here[key] for key in keys if key in here])
