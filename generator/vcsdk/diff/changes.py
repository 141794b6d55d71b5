"""What a comparison finds: typed nodes, one for each thing that came, went, or is there on both sides and differs.

A node is `Added[T]`, `Removed[T]` or `Pair[T]`; T is a class of the IR, or one of those below for what the IR holds
as a bare value.  Rules are functions over these nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from vcsdk.diagnostics import Origin
from vcsdk.diff.scale import Direction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a change is.

    `operation` is a request line ("GET /vcenter/vm/{vm}"), "" for the API as a whole; `identity` the same with the
    names of path parameters left out, which stays when they are renamed.  `position` is the part of the operation
    ("request body", "response 200", "query parameter `names`").  `path` leads into a schema: "/nics/[]/mac", where
    `[]` is an item, `{}` a value of a map and `<x>` a member of a union.  `schema` is set where a change is told once
    for all operations that share a schema, `symbol` where it is of a Python name.  `old` and `new` are the places in
    both files, where there are any.
    """

    operation: str = ""
    identity: str = ""
    position: str = ""
    path: str = ""
    schema: str = ""
    symbol: str = ""
    direction: Direction = Direction.NONE
    old: Origin | None = None
    new: Origin | None = None

    def at(self, old: Origin | None, new: Origin | None) -> Site:
        """The same with these places; a None leaves the place as it is."""
        return replace(self, old=old or self.old, new=new or self.new)

    @property
    def text(self) -> str:
        """What stands before a message: "POST /vm: request body /name"."""
        where = " ".join(part for part in (self.position, self.path) if part)
        return ": ".join(part for part in (self.subject, where) if part)

    @property
    def subject(self) -> str:
        """What the change is about: an operation, a schema or a Python name; "" for the API as a whole."""
        return self.operation or self.schema or self.symbol

    @property
    def lasting(self) -> str:
        """The subject under the name that it keeps when path parameters are renamed."""
        return self.identity or self.schema or self.symbol


@dataclass(frozen=True, slots=True)
class Added(Generic[T]):
    """Something that only the new description has."""

    site: Site
    new: T


@dataclass(frozen=True, slots=True)
class Removed(Generic[T]):
    """Something that only the old description has."""

    site: Site
    old: T


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """Something that both descriptions have; rules look for what differs."""

    site: Site
    old: T
    new: T


@dataclass(frozen=True, slots=True)
class EnumValue:
    """A value of an enumeration or a constant; `single` where it is the only one on its side."""

    value: object
    single: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value is in JSON: its kind ("integer", "object", "any") and, for objects, whether its keys are free."""

    kind: str
    free: bool = False

    @property
    def text(self) -> str:
        """As messages name it."""
        return "free-form object" if self.kind == "object" and self.free else self.kind


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a value is limited to listed values; `count` is their number, 0 for "not limited"."""

    count: int


@dataclass(frozen=True, slots=True)
class Format:
    """The `format` of a scalar, None where it has none."""

    name: str | None


@dataclass(frozen=True, slots=True)
class Nullness:
    """Whether null is allowed."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a union, by its name or kind."""

    text: str


@dataclass(frozen=True, slots=True)
class TagValue:
    """A value of a discriminator property."""

    value: str


@dataclass(frozen=True, slots=True)
class FreeKeys:
    """Properties beside the named ones, of a declared type (`additionalProperties` with a schema)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the ways to authenticate a call: what is needed together ("header `x-key`"); empty for "nothing"."""

    schemes: tuple[str, ...]

    @property
    def text(self) -> str:
        """As messages name it."""
        return " with ".join(self.schemes)


@dataclass(frozen=True, slots=True)
class Prefix:
    """The path of the server, which stands before every path; "" for none."""

    path: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A value of `error_type` that the description lists."""

    value: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Whether an operation says how to authenticate."""

    said: bool


@dataclass(frozen=True, slots=True)
class Name:
    """What a Python symbol of the same meaning is called."""

    text: str


@dataclass(frozen=True, slots=True)
class Home:
    """The module that defines a Python symbol."""

    module: str


@dataclass(frozen=True, slots=True)
class Order:
    """The parameters that can be given without their names, in order."""

    names: tuple[str, ...]
