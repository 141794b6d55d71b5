"""The smallest value of a type, for bodies and parameters of contract tests."""

from __future__ import annotations

import math
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
    patterns,
)
from vcsdk.ir.finite import Finite, required_fields

_SAMPLES: Mapping[Kind, Json] = {
    Kind.ANY: {},
    Kind.NULL: None,
    Kind.BOOLEAN: True,
    Kind.DATE_TIME: "2024-06-25T08:00:00.000Z",
    Kind.DATE: "2024-06-25",
    Kind.TIME: "08:00:00Z",
    Kind.DURATION: "PT1S",
    Kind.UUID: "00000000-0000-4000-8000-000000000000",
    Kind.BYTE: "dGV4dA==",
}
_FORMATS: Mapping[str, str] = {
    "email": "someone@example.com",
    "hostname": "vc.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://vc.example.com/",
    "uri-reference": "/text",
    "url": "https://vc.example.com/",
}


_LONGEST = 10_000


class NoValueError(Exception):
    """A type has no value that ends: it requires itself, or more than anybody sends."""


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

    It is one to send: properties that are read-only are left out (OpenAPI 3.0.3, "Schema Object").

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
            fields = (field for field in required_fields(struct, schemas) if not field.read_only)
            value = {field.wire_name: _sample(field.type, schemas, finite) for field in fields}
            return {struct.tag_field: struct.tag, **value} if struct.tag_field and struct.tag else value
        case Enumeration(members=members):
            return members[0].value
        case Constant(value=value):
            return value
        case Array(items=items, constraints=constraints):
            least = _short_enough(constraints.min_items)
            return [_sample(items, schemas, finite)] * least if least else []
        case Map(values=values, constraints=constraints, keys=keys):
            names = [f"key-{number}" for number in range(1, _short_enough(constraints.min_properties) + 1)]
            return {name: _sample(values, schemas, finite) for name in names} if keys is None else []
        case Union() as union:
            member = finite.member(union)
            return tagged(_sample(member, schemas, finite), union, member)
        case Scalar(kind=Kind.INTEGER | Kind.NUMBER as kind, constraints=constraints):
            return _number(kind, constraints)
        case Scalar(kind=kind, format=form, constraints=constraints):
            return _text(kind, form, constraints)
    return None


def tagged(value: Json, union: Union, member: Type) -> Json:
    """The value of a member with the tag that says so, where a discriminator asks for one."""
    rule = union.discriminator
    if rule is None or not isinstance(value, dict) or not isinstance(member, Ref):
        return value
    tags = [tag for tag, key in rule.mapping if key == member.key]
    declared = value.get(rule.property)
    if not tags or declared in tags or not isinstance(declared, str | None):
        return value
    return {**value, rule.property: tags[0]}


def _short_enough(least: int | None) -> int:
    """How much of something a value needs.

    Raises:
        NoValueError: So much that nobody wants it.
    """
    if least is not None and least > _LONGEST:
        raise NoValueError
    return math.ceil(least or 0)


def _text(kind: Kind, form: str | None, constraints: Constraints) -> Json:
    text = _FORMATS.get(form or "") if kind is Kind.STRING else None
    if text is not None:
        return text
    plain = _SAMPLES.get(kind, "text")
    if isinstance(plain, str) and kind in (Kind.STRING, Kind.PASSWORD):
        fitting = matching(constraints)
        if fitting is not None:
            return fitting
        return plain.ljust(_short_enough(constraints.min_length), "x")[: constraints.max_length]
    return plain


def matching(constraints: Constraints) -> str | None:
    """A text that the pattern asks for, of the right length; None where there is no pattern, or none was found."""
    if constraints.pattern is None or not patterns.is_pattern(constraints.pattern):
        return None
    return patterns.sample(constraints.pattern, shortest=constraints.min_length or 0, longest=constraints.max_length)


def _number(kind: Kind, constraints: Constraints) -> int | float:
    """The usual sample where it is allowed, else the number nearest to a bound that is."""
    usual: int | float = 1 if kind is Kind.INTEGER else 1.5
    step = constraints.multiple_of or (1 if kind is Kind.INTEGER else 0.5)
    bounds = (
        constraints.minimum,
        constraints.maximum,
        constraints.exclusive_minimum,
        constraints.exclusive_maximum,
        0,
    )
    near = (number for bound in bounds if bound is not None for number in (bound, *_multiples(bound, step)))
    allowed = (number for number in (usual, *near) if _is_within(number, kind, constraints))
    return next(allowed, usual)


def _multiples(bound: float, step: float) -> tuple[float, float, float]:
    """The multiples of a step at and beside a bound."""
    try:
        count = math.floor(bound / step)
    except OverflowError:
        count = 0
    return count * step, (count + 1) * step, (count - 1) * step


def _is_within(number: float, kind: Kind, bounds: Constraints) -> bool:
    return (
        (kind is not Kind.INTEGER or isinstance(number, int))
        and (bounds.minimum is None or number >= bounds.minimum)
        and (bounds.maximum is None or number <= bounds.maximum)
        and (bounds.exclusive_minimum is None or number > bounds.exclusive_minimum)
        and (bounds.exclusive_maximum is None or number < bounds.exclusive_maximum)
        and (not bounds.multiple_of or math.isclose(number / bounds.multiple_of % 1, 0, abs_tol=1e-9))
    )
