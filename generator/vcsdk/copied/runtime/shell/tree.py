"""The call tree of a client as words: resources are groups, methods are commands.  Loads what is asked for alone."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any

import msgspec

from ..operation import Operation
from ..printed import printed
from .usage import UsageError


class Command(msgspec.Struct, frozen=True, eq=False):
    """A method of a resource: the words that lead to it, its Python names, its function and its facts."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    function: Callable[..., Any]
    operation: Operation

    @property
    def summary(self) -> str:
        """What its docstring begins with, marks included."""
        return summary(self.function.__doc__)

    @property
    def deprecated(self) -> str:
        """What stands for it, where it is deprecated; else ""."""
        return getattr(self.function, "__deprecated__", "")

    def bound(self, client: Any) -> Callable[..., Any]:
        """The method of a client."""
        method: Callable[..., Any] = functools.reduce(getattr, self.names, client)
        return method


class Group:
    """A resource, or the client itself, which no word leads to."""

    def __init__(self, kind: type, words: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.words = words
        self.names = names

    @functools.cached_property
    def groups(self) -> Mapping[str, str]:
        """The Python names of the groups below, by word."""
        return by_word(name for name, held in vars(self.kind).items() if isinstance(held, functools.cached_property))

    @functools.cached_property
    def commands(self) -> Mapping[str, Command]:
        """The commands in it, by word."""
        held = vars(sys.modules[self.kind.__module__]).values()
        operations = {value.name: value for value in held if isinstance(value, Operation)}
        found = {}
        for name, function in vars(self.kind).items():
            operation = operations.get(".".join((*self.names, name)))
            if operation is not None and isinstance(function, FunctionType):
                found[name] = (function, operation)
        return {
            word: Command((*self.words, word), (*self.names, name), *found[name])
            for word, name in by_word(found).items()
        }

    def about(self, word: str) -> str:
        """What a group below holds, in a line."""
        return summary(getattr(vars(self.kind)[self.groups[word]].func, "__doc__", ""))

    def enter(self, word: str) -> Group:
        """The group below that a word names."""
        name = self.groups[word]
        resource = vars(self.kind)[name].func(_Nobody)
        return Group(type(resource), (*self.words, word), (*self.names, name))

    def find(self, word: str) -> Group | Command:
        """The group or command that a word names, with `-` or `_` between its parts.  Raises UsageError."""
        for known in (word, word.replace("_", "-")):
            if known in self.commands:
                return self.commands[known]
            if known in self.groups:
                return self.enter(known)
        raise UsageError(_unknown(word, [*self.groups, *self.commands], " ".join(self.words)))


class _Nobody:
    """Stands for the client of a resource that nobody calls."""

    _transport = None


def by_word(names: Iterable[str]) -> dict[str, str]:
    """Python names by what is typed for them: `resource_pool` is `resource-pool`, `class_` is `class`."""
    found: dict[str, str] = {}
    for name in names:
        word = name.strip("_").replace("_", "-")
        found[name if not word or word in found else word] = name
    return found


def summary(doc: str | None) -> str:
    """The first paragraph of a docstring in a line, without its marks for bold text."""
    first = (doc or "").strip().partition("\n\n")[0]
    return printed(" ".join(first.replace("**", "").split()))


def _unknown(word: str, known: list[str], where: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1)
    hint = f"; did you mean `{near[0]}`?" if near else "; --help lists what there is"
    return f"there is no `{word}`" + (f" in `{where}`" if where else "") + hint
