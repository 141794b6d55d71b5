"""The smallest value of a type, for bodies and parameters of contract tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from vcsdk.ir import (
    Alias,
    Array,
    Constant,
    Constraints,
    Enumeration,
    Json,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.finite import Finite, required_fields

_SAMPLES: Mapping[Kind, Json] = {
    Kind.ANY: {},
    Kind.NULL: None,
    Kind.BOOLEAN: True,
    Kind.INTEGER: 1,
    Kind.NUMBER: 1.5,
    Kind.DATE_TIME: "2024-06-25T08:00:00.000Z",
    Kind.DATE: "2024-06-25",
    Kind.TIME: "08:00:00Z",
    Kind.DURATION: "PT1S",
    Kind.UUID: "00000000-0000-4000-8000-000000000000",
    Kind.BYTE: "dGV4dA==",
}


class NoValueError(Exception):
    """A type has no value that ends: it requires itself."""


class _ById(msgspec.Struct, frozen=True, eq=False):
    """Schemas told apart by which they are, not by what is in them."""

    schemas: Mapping[str, Schema]

    def __hash__(self) -> int:
        return id(self.schemas)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.schemas is self.schemas


@lru_cache(maxsize=1)
def _finite(named: _ById) -> Finite:
    return Finite.of(named.schemas)


def sample(type_: Type, schemas: Mapping[str, Schema]) -> Json:
    """The smallest value of a type: required properties only, the first member of an enumeration or union that ends.

    Raises:
        NoValueError: None ends.
    """
    finite = _finite(_ById(schemas))
    if not finite.ends(type_):
        raise NoValueError
    return _sample(type_, schemas, finite)


def _sample(type_: Type, schemas: Mapping[str, Schema], finite: Finite) -> Json:
    if isinstance(type_, Nullable):
        return _sample(type_.type, schemas, finite) if finite.ends_without_null(type_.type) else None
    match schemas[type_.key] if isinstance(type_, Ref) else type_:
        case Alias(type=meant):
            return _sample(meant, schemas, finite)
        case Struct() as struct:
            fields = required_fields(struct, schemas)
            value = {field.wire_name: _sample(field.type, schemas, finite) for field in fields}
            return {struct.tag_field: struct.tag, **value} if struct.tag_field and struct.tag else value
        case Enumeration(members=members):
            return members[0].value
        case Constant(value=value):
            return value
        case Array(items=items, constraints=constraints):
            least = constraints.min_items or 0
            return [_sample(items, schemas, finite)] * least if least else []
        case Map(values=values, constraints=constraints, keys=keys):
            names = [f"key-{number}" for number in range(1, (constraints.min_properties or 0) + 1)]
            return {name: _sample(values, schemas, finite) for name in names} if keys is None else []
        case Union() as union:
            return _sample(finite.member(union), schemas, finite)
        case Scalar(kind=kind, constraints=constraints):
            return _scalar(kind, constraints)
    return None


def _scalar(kind: Kind, constraints: Constraints) -> Json:
    if kind in (Kind.INTEGER, Kind.NUMBER) and constraints.minimum is not None:
        return constraints.minimum
    text = _SAMPLES.get(kind, "text")
    if isinstance(text, str) and constraints.min_length and len(text) < constraints.min_length:
        return text.ljust(constraints.min_length, "x")
    return text
