"""Reads a command from its function: parameters from the signature, texts from the docstring."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import re
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from vcsdk.cli.parameter import Parameter

_LISTED = re.compile(r"^(?:Args|Attributes):$", re.MULTILINE)
_ENTRY = re.compile(r"(\w+): (.*)")


@dataclasses.dataclass(frozen=True)
class Slot:
    """A parameter of a command line.

    Attributes:
        name: The parameter's name in Python.
        kind: Its type: of one value, where it takes many.
        many: It takes any number of values.
        positional: It has no name on the command line.
        default: What it is where nothing is given; `inspect.Parameter.empty` where something must be.
        extra: What stands beside its type.
        text: What its docstring says.
    """

    name: str
    kind: Any
    many: bool
    positional: bool
    default: Any
    extra: Parameter
    text: str

    @property
    def required(self) -> bool:
        """Whether a command line without it is wrong."""
        return self.default is inspect.Parameter.empty

    @property
    def flags(self) -> tuple[str, ...]:
        """How the option is spelled, the long form first."""
        return self.extra.flags or (f"--{self.name.replace('_', '-')}",)


@dataclasses.dataclass(frozen=True)
class Signature:
    """A command: its function, its parameters in order, and what its docstring says.

    Attributes:
        groups: Parameters that are a dataclass of options: name and class.
        summary: The first paragraph, on one line.
        paragraphs: The others without the arguments, each with its line ends.
    """

    function: Callable[..., Any]
    slots: tuple[Slot, ...]
    groups: Mapping[str, type]
    summary: str
    paragraphs: tuple[str, ...]

    def call(self, values: Mapping[str, Any]) -> Any:
        """Call the function with values by the names of the slots; what is None there takes its default."""
        given = {slot.name: _filled(slot, values.get(slot.name)) for slot in self.slots}
        for name, kind in self.groups.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in dataclasses.fields(kind)})
        words: list[Any] = []
        for name, parameter in inspect.signature(self.function).parameters.items():
            if parameter.kind is parameter.POSITIONAL_ONLY:
                words.append(given.pop(name))
            elif parameter.kind is parameter.VAR_POSITIONAL:
                words.extend(given.pop(name))
        return self.function(*words, **given)


def read(function: Callable[..., Any]) -> Signature:
    """The command that a function is."""
    summary, paragraphs, texts = _documented(function)
    hints = get_type_hints(function, include_extras=True)
    slots: list[Slot] = []
    groups: dict[str, type] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if dataclasses.is_dataclass(hints[name]):
            groups[name] = hints[name]
            slots += _fields(hints[name])
            continue
        several = parameter.kind is parameter.VAR_POSITIONAL
        positional = several or parameter.kind is parameter.POSITIONAL_ONLY
        slot = _slot(name, hints[name], parameter.default, texts.get(name, ""), positional=positional)
        if several:
            slot = dataclasses.replace(slot, many=True, default=inspect.Parameter.empty if slot.extra.required else ())
        slots.append(slot)
    return Signature(function, tuple(slots), groups, summary, paragraphs)


def choices(kind: Any) -> list[str]:
    """The words that a type is made of, [] where it is another type."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)]
    return [str(member) for member in kind] if isinstance(kind, type) and issubclass(kind, enum.StrEnum) else []


def _fields(kind: type) -> Iterator[Slot]:
    texts = _documented(kind)[2]
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        default = inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        yield _slot(field.name, hints[field.name], default, texts.get(field.name, ""), positional=False)


def _slot(name: str, hint: Any, default: Any, text: str, *, positional: bool) -> Slot:
    kind, extra = _plain(hint)
    many = get_origin(kind) is list
    if many:
        (kind,) = get_args(kind)
    return Slot(name, kind, many, positional, default, extra, text)


def _plain(hint: Any) -> tuple[Any, Parameter]:
    """The type without `None` and without what stands beside it, and that."""
    extra = Parameter()
    while True:
        if get_origin(hint) is Annotated:
            hint, *beside = get_args(hint)
            extra = next((each for each in beside if isinstance(each, Parameter)), extra)
        elif get_origin(hint) in (types.UnionType, Union):
            (hint,) = [member for member in get_args(hint) if member is not types.NoneType]
        else:
            return hint, extra


def _filled(slot: Slot, value: Any) -> Any:
    if slot.many:
        values = tuple(value or ())
        if slot.positional and slot.default == ():
            return values
        return list(values) if values else None if slot.required else slot.default
    return slot.default if value is None else value


def _documented(described: Any) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """The summary, the other paragraphs, and what is said of each argument."""
    doc, *rest = _LISTED.split(inspect.getdoc(described) or "", maxsplit=1)
    summary, *paragraphs = doc.strip().split("\n\n")
    texts: dict[str, str] = {}
    for line in "".join(rest).splitlines():
        entry = _ENTRY.fullmatch(line[4:]) if line[:5].strip() else None
        if entry is not None:
            name, texts[entry[1]] = entry[1], entry[2]
        elif line.strip() and texts:
            texts[name] += f" {line.strip()}"
    return " ".join(summary.split()), tuple(paragraphs), texts
