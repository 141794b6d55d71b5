"""The options of a command: one for each argument of its method, and dotted ones for what stands inside of models."""

from __future__ import annotations

import builtins
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from . import texts
from .usage import UsageError

_SHOWN = 40
"""Dotted options that help lists for one argument; all others are there as well."""
_LISTED = 8
"""Values of an enumeration that help lists; completion has them all."""
_ENTRY = re.compile(r"    (\w+): (.*)")


class Option(msgspec.Struct, frozen=True, eq=False):
    """What one option takes: the way of wire names from the argument to the value, its type, and what help says."""

    flag: str
    argument: str
    path: tuple[str, ...]
    kind: Any
    required: bool
    nullable: bool = False
    help: str = ""

    @property
    def several(self) -> bool:
        """Whether it is given once for each item of a list."""
        return texts.item_of(self.kind) is not None

    @property
    def taken(self) -> Any:
        """The type of what one such option takes."""
        return texts.item_of(self.kind) if self.several else self.kind

    @property
    def metavar(self) -> str:
        """What stands for its value in help."""
        kind = self.taken
        if texts.is_secret(kind):
            return "@FILE|env:NAME"
        if texts.is_file(kind):
            return "@FILE|-" if self.argument == "body" else "FILE"
        found = texts.listed(kind)
        if found and texts.is_plain(kind):
            return "{" + ",".join(found if len(found) <= _LISTED else (*found[:3], "…")) + "}"
        return (self.flag.strip("-").rpartition(".")[2].upper() or "VALUE") if texts.is_plain(kind) else "JSON|@FILE"


class Options:
    """Those of one method."""

    def __init__(self, function: Callable[..., Any]) -> None:
        function = inspect.unwrap(function)
        hints = _hints(function)
        said = _said(function.__doc__)
        signature = inspect.signature(function)
        names = [name for name in signature.parameters if name not in ("self", "timeout")]
        flags = _flags(names)
        self.by_flag: dict[str, Option] = {
            flags[name]: Option(
                flags[name],
                name,
                (),
                hints.get(name, Any),
                signature.parameters[name].default is inspect.Parameter.empty,
                signature.parameters[name].default is msgspec.UNSET,
                said.get(name, ""),
            )
            for name in names
        }

    def dotted(self, words: Iterable[str]) -> Iterator[Option]:
        """The options among these words that lead into an argument.  Raises UsageError for one that leads nowhere."""
        met = set()
        for word in words:
            flag = word.partition("=")[0]
            root = flag.partition(".")[0]
            if "." in flag and root in self.by_flag and flag not in met:
                met.add(flag)
                yield _inside(self.by_flag[root], flag)

    def shown(self, option: Option) -> list[Option]:
        """The dotted options below one that help lists: to a depth of any number, without turning in a circle."""
        found: list[Option] = []
        rest = [(option, frozenset(map(str, texts.members(option.kind))))]
        while rest and len(found) <= _SHOWN:
            at, above = rest.pop(0)
            for name, wire, kind, required in texts.fields_of(at.kind):
                flag = f"{at.flag}.{_word(name)}"
                below = Option(flag, at.argument, (*at.path, wire), kind, required and at.required)
                models = tuple(map(str, texts.members(kind)))
                if any(True for _ in texts.fields_of(kind)):
                    if not above.intersection(models):
                        rest.append((below, above.union(models)))
                else:
                    found.append(below)
        return found[:_SHOWN]


def _inside(option: Option, flag: str) -> Option:
    """The option that a dotted flag stands for."""
    kind, path = option.kind, list(option.path)
    for part in flag.split(".")[1:]:
        field = next((f for f in texts.fields_of(kind) if part in (_word(f[0]), f[0], f[1])), None)
        if field is not None:
            kind = field[2]
            path.append(field[1])
        elif part and (values := texts.values_of(kind)) is not None:
            kind = values
            path.append(part)
        else:
            raise UsageError(f"{flag}: there is no `{part}` in it")
    return Option(flag, option.argument, tuple(path), kind, required=False)


def _word(name: str) -> str:
    return name.strip("_").replace("_", "-") or name


def _flags(names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        flag = f"--{_word(name)}"
        found[name] = f"--{name}" if flag in found.values() else flag
    return found


class _Names(dict[str, Any]):
    """The names in annotations: those of the module, and what it imports for type checkers alone."""

    def __init__(self, module: dict[str, Any]) -> None:
        super().__init__()
        self._module = module

    def __missing__(self, name: str) -> Any:
        if name in self._module:
            return self._module[name]
        if hasattr(builtins, name):
            return getattr(builtins, name)
        runtime = sys.modules[__package__.rpartition(".")[0]]
        return getattr(runtime, name, Any)


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    names = _Names(getattr(function, "__globals__", {}))
    return typing.get_type_hints(function, {}, names, include_extras=True)


def _said(doc: str | None) -> dict[str, str]:
    """What the docstring says of each argument."""
    found: dict[str, str] = {}
    _, _, rest = inspect.cleandoc(doc or "").partition("\nArgs:\n")
    name = ""
    for line in rest.partition("\n\n")[0].splitlines():
        if (entry := _ENTRY.fullmatch(line)) is not None:
            name, found[entry[1]] = entry[1], entry[2]
        elif name:
            found[name] += f" {line.strip()}"
    return found
