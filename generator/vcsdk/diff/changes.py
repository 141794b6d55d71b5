"""What a comparison finds: typed nodes, one for each thing that came, went, or is there on both sides and differs.

A node is `Added[T]`, `Removed[T]` or `Pair[T]`; T is a class of the IR, or one of those below for what the IR holds
as a bare value.  Rules are functions over these nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from vcsdk.diff.site import Site
from vcsdk.ir import Parameter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Added(Generic[T]):
    """Something that only the new description has."""

    site: Site
    new: T

    @property
    def sides(self) -> tuple[T, ...]:
        """What it holds, the side that stands for it last."""
        return (self.new,)


@dataclass(frozen=True, slots=True)
class Removed(Generic[T]):
    """Something that only the old description has."""

    site: Site
    old: T

    @property
    def sides(self) -> tuple[T, ...]:
        """What it holds, the side that stands for it last."""
        return (self.old,)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """Something that both descriptions have; rules look for what differs."""

    site: Site
    old: T
    new: T

    @property
    def sides(self) -> tuple[T, ...]:
        """What it holds, the side that stands for it last."""
        return (self.old, self.new)


Change = Added[Any] | Removed[Any] | Pair[Any]


@dataclass(frozen=True, slots=True)
class EnumValue:
    """A value of an enumeration or a constant; `single` where it is the only one on its side."""

    value: object
    single: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value is in JSON: its kind ("integer", "object", "any").

    Of objects, whether their keys are `free`; of arrays, whether they are maps, written as lists of `pairs`.
    """

    kind: str
    free: bool = False
    pairs: bool = False

    @property
    def text(self) -> str:
        """As messages name it."""
        if self.pairs:
            return "list of pairs"
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
class Exclusive:
    """Whether a value may be only one of the alternatives of a union, of which it could be two."""

    said: bool


@dataclass(frozen=True, slots=True)
class TagValue:
    """A value of a discriminator property."""

    value: str


@dataclass(frozen=True, slots=True)
class FreeKeys:
    """Properties beside the named ones (`additionalProperties`).

    `typed`: of a declared type; `refused`: one side refuses them.  Where nothing is said, any are allowed.
    """

    typed: bool = True
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Credential:
    """What a security scheme asks for: "basic", or a kind and a name: "header", "x-key"."""

    kind: str
    name: str | None = None

    @property
    def text(self) -> str:
        """As messages name it: "basic", "header `x-key`"."""
        return self.kind if self.name is None else f"{self.kind} `{self.name}`"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the ways to authenticate a call: the credentials that are needed together; empty for "nothing"."""

    credentials: tuple[Credential, ...]

    @property
    def text(self) -> str:
        """As messages name it."""
        return " with ".join(each.text for each in self.credentials)


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
class Keyword:
    """A word of a description that no rule can read, and what it says as JSON, None for nothing."""

    word: str
    text: str | None
    documentation: bool = False


@dataclass(frozen=True, slots=True)
class Unsent:
    """A property that a request does not carry, and whether answers always do."""

    required: bool


@dataclass(frozen=True, slots=True)
class StatusRange:
    """The status of a successful answer: one, or a range such as "2XX"."""

    status: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link from an answer to another operation."""

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """The property that tells kinds of values apart, None where nothing does."""

    property: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token must be granted for an operation, by the scheme that gives it."""

    scheme: str
    name: str


@dataclass(frozen=True, slots=True)
class Callback:
    """A request that the server makes because of another one, by its name and the expression of its address."""

    name: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether a request of the server has a body, and whether it always has."""

    said: bool
    always: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter of a request that the server makes: who waits for the request gets it."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Unused:
    """What is said of a component that no operation uses; "" for nothing.

    `harmless`: it would touch nobody, whichever way values of it travelled.
    """

    message: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a server, with the values of its variables."""

    url: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A Python type as the surface spells it.

    `members` are those of the union that it comes to, each in one spelling; `above` has, for some of them, the wider
    types that take all their values.
    """

    text: str
    members: frozenset[str]
    above: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)


class FieldType(Spelled):
    """The type of an attribute of a class."""


class AliasType(Spelled):
    """What an alias stands for."""


class ReturnType(Spelled):
    """What a method gives."""


class RangedReturn(Spelled):
    """What a method gives whose successful answers became a range of statuses, 204 among them."""


class ParameterType(Spelled):
    """What a method takes for a parameter."""


@dataclass(frozen=True, slots=True)
class Order:
    """The parameters that can be given without their names, in order."""

    names: tuple[str, ...]
