"""The types a value can have, with an explicit kind for each; OpenAPI 3.0 "Data Types" and JSON Schema 2020-12."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any

import msgspec


class Kind(enum.StrEnum):
    """What a scalar is on the wire and in Python."""

    ANY = "any"
    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    DATE_TIME = "date-time"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    UUID = "uuid"
    BYTE = "byte"
    BINARY = "binary"
    PASSWORD = "password"


class Constraints(msgspec.Struct, frozen=True):
    """The assertions of a schema beside its type; None or False where the description is silent."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None


UNCONSTRAINED = Constraints()


class Scalar(msgspec.Struct, frozen=True):
    """A value without parts.  `format` is the description's own word, also where the toolkit has no kind for it."""

    kind: Kind
    format: str | None = None
    constraints: Constraints = UNCONSTRAINED

    @property
    def is_stepped(self) -> bool:
        """True for a number that is a multiple of what is no binary fraction, so that its remainder tells nothing."""
        step = self.constraints.multiple_of
        return self.kind is Kind.NUMBER and step is not None and step > 0 and Fraction(str(step)) != Fraction(step)


class Constant(msgspec.Struct, frozen=True):
    """Exactly one value (`const`, or an `enum` of one in a place that is not a schema of its own)."""

    value: str | int | float | bool | None


class Array(msgspec.Struct, frozen=True):
    """A list of values of one type."""

    items: Type
    constraints: Constraints = UNCONSTRAINED


class Map(msgspec.Struct, frozen=True):
    """Free keys and values of one type: a JSON object (`additionalProperties`) whose keys are texts.

    Where the map has a type of `keys`, it travels as vAPI's older form writes it: a list of `{key, value}`.
    `closed` says that the description allows no key at all.
    """

    values: Type
    constraints: Constraints = UNCONSTRAINED
    keys: Type | None = None
    closed: bool = False


class Ref(msgspec.Struct, frozen=True):
    """A use of a declared schema; `key` indexes `Api.schemas`."""

    key: str


class Discriminator(msgspec.Struct, frozen=True):
    """`property` tells which member a value is; `mapping` goes from the property's value to a schema key."""

    property: str
    mapping: tuple[tuple[str, str], ...]


class Union(msgspec.Struct, frozen=True):
    """One of several types (`oneOf`, `anyOf`), tried in this order where nothing tells them apart."""

    members: tuple[Type, ...]
    discriminator: Discriminator | None = None


class Nullable(msgspec.Struct, frozen=True):
    """The type or JSON null (`nullable: true` in 3.0, `type: [T, "null"]` in 3.1)."""

    type: Type


Type = Scalar | Constant | Array | Map | Ref | Union | Nullable

ANY = Scalar(Kind.ANY)
Json = Any  # a parsed JSON value: dict, list, str, int, float, bool or None


def wire_text(value: Json) -> str | None:
    """A scalar as it stands in a path, a query or a header; None for null, lists and objects."""
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
