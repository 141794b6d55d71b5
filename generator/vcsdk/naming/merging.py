"""One schema in place of several that come to the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from vcsdk.diagnostics import Origin
from vcsdk.ir import Alias, Api, Constraints, Discriminator, Identifies, Lifespan, Ref, Schema, Struct
from vcsdk.naming.recording import is_component

T = TypeVar("T")


def merged(api: Api, into: Mapping[str, str]) -> Api:
    """The API with some schemas nothing but another name; `into` has those, each with the one in its place.

    What stands inside of others, and so has no name of its own, is gone.
    """
    if not into:
        return api
    schemas: dict[str, Schema] = {}
    for key, schema in api.schemas.items():
        if key not in into:
            schemas[key] = _with(schema, into)
        elif is_component(key):
            schemas[key] = Alias(key, schema.wire_name, Ref(into[key]), schema.origin, schema.description)
    operations = tuple(_with(operation, into) for operation in api.operations)
    return replace(api, operations=operations, schemas=schemas, webhooks=_with(api.webhooks, into))


_LEAVES = (str, int, float, type(None), Origin, Constraints, Lifespan, Identifies)
"""What holds no type."""


def _with(value: T, into: Mapping[str, str]) -> T:
    if isinstance(value, _LEAVES):
        return value
    found: object = value
    if isinstance(value, Ref):
        found = Ref(into[value.key]) if value.key in into else value
    elif isinstance(value, tuple):
        parts = tuple(_with(part, into) for part in value)
        found = parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    elif isinstance(value, msgspec.Struct):
        changes: dict[str, object] = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = _with(old, into)
            if new is not old:
                changes[name] = new
        if isinstance(value, Struct) and value.base is not None and value.base in into:
            changes["base"] = into[value.base]
        if isinstance(value, Discriminator) and any(key in into for _, key in value.mapping):
            changes["mapping"] = tuple((text, into.get(key, key)) for text, key in value.mapping)
        found = replace(value, **changes) if changes else value
    return found  # type: ignore[return-value]
