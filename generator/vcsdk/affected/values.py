"""What an expression of a program may come to, as far as it matters for what it uses of a package."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a class of the package, by the class's symbol ("models.cis.CisTaskInfo")."""

    symbol: str


@dataclass(frozen=True, slots=True)
class ClassItself:
    """A class of the package."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method of an object; `partial` are the keywords that were given already, `more` where there may be others."""

    symbol: str
    partial: frozenset[str] = frozenset()
    more: bool = False
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A function of Python or of others, by its name there."""

    name: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type under a name of the program: what objects of it are."""

    objects: Values


@dataclass(frozen=True, slots=True)
class PackageModule:
    """A module of the package, "" for the package itself."""

    name: str


@dataclass(frozen=True, slots=True)
class OwnModule:
    """A module of the program, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class OwnFunction:
    """A function of the program, by its number; `bound` where it has its `self` already."""

    number: int
    bound: bool = False


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class of the program, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class OwnObject:
    """An object of a class of the program."""

    number: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is written in the program."""

    text: str


@dataclass(frozen=True, slots=True)
class Many:
    """A list, a set, an iterator; of a map the keys, and `values` what they lead to.

    `keys` are the keys of a map where all are written texts.
    """

    items: Values
    values: Values | None = None
    keys: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """A tuple of known length."""

    parts: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """An object of the runtime that holds a value: a task ("Task"), a raw response ("RawResponse")."""

    kind: str
    items: Values


@dataclass(frozen=True, slots=True)
class Opening:
    """A method of a box that gives what is in it."""

    items: Values


@dataclass(frozen=True, slots=True)
class Builtin:
    """A method of a list, a map or a client that matters here."""

    name: str
    of: Many | Object


@dataclass(frozen=True, slots=True)
class Getter:
    """What looks attributes up in what it is given ("vcha.cluster"), and calls the last as in `call`, if any."""

    path: str
    call: ast.Call | None = None


Value = (
    Object
    | ClassItself
    | Method
    | PackageModule
    | OwnModule
    | OwnFunction
    | OwnClass
    | OwnObject
    | Text
    | Many
    | Several
    | Box
    | Opening
    | Builtin
    | Getter
    | Foreign
    | Annotation
)
Values = frozenset[Value]
NOTHING: Values = frozenset()


def depth(value: Value) -> int:
    """How many lists stand in each other."""
    match value:
        case Many(items, values):
            inner = [*items, *(values or ())]
        case Several(parts):
            inner = [each for part in parts for each in part]
        case Box(_, items) | Opening(items) | Annotation(items):
            inner = list(items)
        case _:
            return 0
    return 1 + max(map(depth, inner), default=0)
