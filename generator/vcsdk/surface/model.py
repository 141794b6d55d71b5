"""What a surface holds.  Types and values are Python source without module names: `list[str] | None`.

Equality leaves out where something came from, so that a surface that was read back equals the one that was written;
what has an `origin` is therefore a dataclass, which can do that.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

import msgspec

from vcsdk.diagnostics import Origin


class ParameterKind(enum.StrEnum):
    """How an argument can be given, in the order in which a signature has them."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL = "positional"
    VARIADIC = "variadic"
    KEYWORD = "keyword"
    KEYWORDS = "keywords"


STARRED = (ParameterKind.VARIADIC, ParameterKind.KEYWORDS)
"""The kinds that may stand for no argument at all."""


class ClassKind(enum.StrEnum):
    """What a class is for; the word that stands before its name in the file."""

    CLASS = "class"
    ENUM = "enum"
    EXCEPTION = "exception"


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a method, `self` left out; `default` is None where it has to be given."""

    name: str
    kind: ParameterKind
    type: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method; `request` is the request line that it sends, "" where it is unknown."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    asynchronous: bool = False
    request: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A data attribute that is also a keyword of the constructor; `default` is None where it has to be given."""

    name: str
    type: str
    default: str | None = None
    origin: Origin | None = field(default=None, compare=False)


class Property(msgspec.Struct, frozen=True):
    """An attribute that can only be read."""

    name: str
    type: str


class Member(msgspec.Struct, frozen=True):
    """A constant of a class: a member of an enumeration, the `status` of an exception; `value` is a literal."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class with what it defines itself; what it inherits is with its bases."""

    kind: ClassKind
    name: str
    bases: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    properties: tuple[Property, ...] = ()
    members: tuple[Member, ...] = ()
    methods: tuple[Method, ...] = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Alias:
    """A type under a name."""

    name: str
    type: str
    origin: Origin | None = field(default=None, compare=False)


class Export(msgspec.Struct, frozen=True):
    """A name that a module offers although another one, `home`, defines it."""

    name: str
    home: str


class Module(msgspec.Struct, frozen=True):
    """A module by its dotted name below the package, "" for the package itself."""

    name: str
    exports: tuple[Export, ...] = ()
    aliases: tuple[Alias, ...] = ()
    classes: tuple[Class, ...] = ()


class Surface(msgspec.Struct, frozen=True):
    """The public names of a package, everything sorted by name except parameters, which have an order."""

    package: str
    modules: tuple[Module, ...]
