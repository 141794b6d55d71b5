"""Declared schemas: everything that becomes a Python symbol in a models module."""

from __future__ import annotations

import enum

import msgspec

from vcsdk.diagnostics import Origin
from vcsdk.ir.identifiers import Identifies
from vcsdk.ir.lifespan import UNKNOWN, Lifespan
from vcsdk.ir.types import Discriminator, Json, Kind, Type


class Missing(enum.Enum):
    """Tells "no default declared" from a default of null, and, encoded, from every JSON value."""

    MISSING = b"missing"


MISSING = Missing.MISSING


class Field(msgspec.Struct, frozen=True):
    """A property of a struct.  `name` is the Python attribute, empty until the naming stage has run.

    `identifies` tells what its value is the identifier of; `lifespan`, here and elsewhere, which versions have it.
    """

    wire_name: str
    type: Type
    required: bool
    origin: Origin
    description: str = ""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: Json | Missing = MISSING
    lifespan: Lifespan = UNKNOWN
    identifies: Identifies | None = None
    name: str = ""


class Struct(msgspec.Struct, frozen=True):
    """An object with known properties.

    `key` is unique in the document: the JSON pointer of the schema in the normalised document
    (`#/components/schemas/X`, or where it is inlined).  `wire_name` is the component's own name, or a
    stable name derived from where the inline schema stands.  `name` and `module` are set by naming.
    `base` is the key of the struct it inherits from; `tag` is its value of the discriminator property.
    `additional` is the type of properties beside the known ones, where the description speaks of such,
    and `closed` says that it refuses them;
    `additional_name` is the attribute that holds them, set by naming.
    """

    key: str
    wire_name: str
    fields: tuple[Field, ...]
    origin: Origin
    description: str = ""
    additional: Type | None = None
    closed: bool = False
    additional_name: str = ""
    base: str | None = None
    discriminator: Discriminator | None = None
    tag_field: str | None = None
    tag: str | None = None
    deprecated: bool = False
    lifespan: Lifespan = UNKNOWN
    name: str = ""
    module: str = ""


class EnumMember(msgspec.Struct, frozen=True):
    """One value of an enumeration; `name` is the Python member, set by naming.

    `retired`: the description lists it no more, and programs go on to name it.
    """

    value: str | int | float
    description: str = ""
    lifespan: Lifespan = UNKNOWN
    name: str = ""
    retired: bool = False


class Enumeration(msgspec.Struct, frozen=True):
    """A closed list in the description, an open one in Python: unknown values keep their text.

    `opened`: the description allows any value of the kind, and listed these when they were released.
    """

    key: str
    wire_name: str
    kind: Kind
    members: tuple[EnumMember, ...]
    origin: Origin
    description: str = ""
    deprecated: bool = False
    lifespan: Lifespan = UNKNOWN
    name: str = ""
    module: str = ""
    opened: bool = False

    @property
    def listed(self) -> tuple[EnumMember, ...]:
        """The values that the description lists."""
        return tuple(member for member in self.members if not member.retired)


class Alias(msgspec.Struct, frozen=True):
    """A schema that is another type under a name: a scalar, an array, a map, a union."""

    key: str
    wire_name: str
    type: Type
    origin: Origin
    description: str = ""
    deprecated: bool = False
    lifespan: Lifespan = UNKNOWN
    name: str = ""
    module: str = ""


Schema = Struct | Enumeration | Alias
