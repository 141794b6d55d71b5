"""What a type is behind references, names and null."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.ir.schemas import Alias, Schema
from vcsdk.ir.types import Nullable, Ref, Type

_MOST = 32


def resolve(type_: Type, schemas: Mapping[str, Schema]) -> Type | Schema:
    """The type or schema that is meant; where names lead to each other, one of them."""
    current: Type | Schema = type_
    for _ in range(_MOST):
        match current:
            case Nullable(type=inner) | Alias(type=inner):
                current = inner
            case Ref(key=key):
                current = schemas[key]
            case _:
                break
    return current
