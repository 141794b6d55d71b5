"""A record as a file that people read and merge: a block a symbol, everything sorted, a line a name.

```
class VmInfo in models.vm
  component vcenter.vm.info
  kind struct
  field nics as nics of VmNic
operation GET /vcenter/vm/{}
  method vm.get
  argument path 1 as vm
  uses 200 VmInfo
```
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from vcsdk.ir.requests import Key
from vcsdk.naming.record import ClassNames, OperationNames, Record, ResourceNames, WebhookNames

_HEAD = (
    "# The Python names of the last release, which later ones keep.  `vcsdk release` writes this file, and\n"
    "# `vcsdk names` shows it beside what a fresh start would give.\n"
)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s|$)|[^\s"]\S*')
_BARE = re.compile(r"[!#-~]+")

K = TypeVar("K")
V = TypeVar("V")


class RecordError(ValueError):
    """A text that is no record; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def render(record: Record) -> str:
    """The text of a record; the same names give the same bytes."""
    blocks = [
        *(_class_lines(one) for one in record.classes.values()),
        *([f"keyword {_words(key)} as {name}"] for key, name in record.keywords.items()),
        *(_operation_lines(one) for one in record.operations.values()),
        *([f"resource {r.path} is {r.class_name} in {r.module}"] for r in record.resources.values()),
        *(_webhook_lines(key, one) for key, one in record.webhooks.items()),
    ]
    return _HEAD + "".join(f"{line}\n" for block in sorted(blocks) for line in block)


def _class_lines(one: ClassNames) -> list[str]:
    lines = [f"class {one.name} in {one.module}"]
    lines += [f"  component {_word(one.component)}"] if one.component is not None else []
    lines += [f"  kind {one.kind}"]
    lines += [f"  shape {one.shape}"] if one.shape else []
    lines += [f"  base {one.base}"] if one.base else []
    lines += [f"  more {one.more}"] if one.more else []
    for wire, name in sorted(one.fields.items()):
        lines.append(f"  field {_word(wire)} as {name}{_of(one.uses.get(wire, ()))}")
    lines += [f"  member {_word(value)} as {name}" for value, name in sorted(one.members.items())]
    lines += [f"  type {_word(one.type)}"] if one.type else []
    if "" in one.uses:
        lines.append(f"  whole{_of(one.uses[''])}")
    return [*lines, *(f"  also {name} in {module}" for name, module in sorted(one.also))]


def _operation_lines(one: OperationNames) -> list[str]:
    method, path, constants = one.key
    lines = [f"operation {method} {_word(path)}{''.join(f' {_word(n)} {_word(v)}' for n, v in constants)}"]
    lines += [f"  id {_word(one.operation_id)}", f"  method {one.path}"]
    lines += [f"  argument {_words(place)} as {name}" for place, name in sorted(one.arguments.items())]
    lines += [f"  uses {_word(slot)}{_of(names)}" for slot, names in sorted(one.uses.items())]
    return [*lines, *(f"  also {name}" for name in sorted(one.also))]


def _webhook_lines(key: tuple[str, str], one: WebhookNames) -> list[str]:
    lines = [f"webhook {_words(key)} as {one.name}"]
    return [*lines, *(f"  uses {_word(slot)}{_of(names)}" for slot, names in sorted(one.uses.items()))]


def _of(names: Sequence[str]) -> str:
    return f" of {' '.join(names)}" if names else ""


def _words(parts: Iterable[str]) -> str:
    return " ".join(_word(part) for part in parts)


def _word(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text)


def parse(text: str) -> Record:
    """Read a record back.

    Raises:
        RecordError: A line is not of the form that `render` writes, or a symbol stands there twice.
    """
    classes: dict[str, ClassNames] = {}
    operations: dict[tuple[Key, str], OperationNames] = {}
    resources: dict[str, ResourceNames] = {}
    keywords: dict[tuple[str, ...], str] = {}
    webhooks: dict[tuple[str, str], WebhookNames] = {}
    for number, words, inner in _blocks(text):
        try:
            match words:
                case ["class", name, "in", module]:
                    _once(classes, name, _class(name, module, inner))
                case ["operation", method, path, *constants]:
                    pairs = tuple(zip(constants[::2], constants[1::2], strict=True))
                    operation = _operation((method, path, pairs), inner)
                    _once(operations, (operation.key, operation.operation_id), operation)
                case ["resource", path, "is", class_name, "in", module]:
                    _once(resources, path, ResourceNames(path, class_name, module))
                case ["keyword", *key, "as", name]:
                    _once(keywords, tuple(key), name)
                case ["webhook", wire, method, "as", name]:
                    _once(webhooks, (wire, method), _webhook(name, inner))
                case _:
                    raise RecordError("this is no line of a record of names", number)
        except _TwiceError as twice:
            raise RecordError(f"`{' '.join(words)}` stands here twice", number) from twice
        except RecordError:
            raise
        except ValueError as wrong:
            raise RecordError(f"`{words[0]}` cannot be read here", number) from wrong
    return Record(operations, classes, resources, keywords, webhooks)


class _TwiceError(ValueError):
    """A symbol that stands there already."""


_Line = tuple[int, list[str]]


def _blocks(text: str) -> Iterator[tuple[int, list[str], list[_Line]]]:
    block: tuple[int, list[str], list[_Line]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = [json.loads(word) if word[0] == '"' else word for word in _tokens(line, number)]
        if line.startswith("  ") and block is not None:
            block[2].append((number, words))
        elif line[0] != " ":
            if block is not None:
                yield block
            block = (number, words, [])
        else:
            raise RecordError("this line belongs to nothing", number)
    if block is not None:
        yield block


def _tokens(line: str, number: int) -> list[str]:
    found = _TOKEN.findall(line)
    if "".join(found) != "".join(line.split()) and '"' not in line:
        raise RecordError("this is no line of a record of names", number)
    return found


def _once(table: dict[K, V], key: K, value: V) -> None:
    if key in table:
        raise _TwiceError
    table[key] = value


def _operation(key: Key, lines: Sequence[_Line]) -> OperationNames:
    operation_id, path, also = "", "", []
    arguments: dict[tuple[str, str], str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    for number, words in lines:
        match words:
            case ["id", operation_id]:
                pass
            case ["method", path]:
                pass
            case ["argument", place, wire, "as", name]:
                arguments[place, wire] = name
            case ["uses", slot, "of", *names]:
                uses[slot] = tuple(names)
            case ["also", name]:
                also.append(name)
            case _:
                raise RecordError("this is no line about an operation", number)
    if not path:
        raise ValueError
    return OperationNames(key, operation_id, path, arguments, uses, tuple(also))


def _webhook(name: str, lines: Sequence[_Line]) -> WebhookNames:
    uses: dict[str, tuple[str, ...]] = {}
    for number, words in lines:
        match words:
            case ["uses", slot, "of", *names]:
                uses[slot] = tuple(names)
            case _:
                raise RecordError("this is no line about a webhook", number)
    return WebhookNames(name, uses)


def _class(name: str, module: str, lines: Sequence[_Line]) -> ClassNames:
    found: dict[str, str] = {}
    fields: dict[str, str] = {}
    members: dict[str, str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    also: list[tuple[str, str]] = []
    for number, words in lines:
        match words:
            case ["component" | "kind" | "shape" | "base" | "more" | "type" as word, value]:
                found[word] = value
            case ["field", wire, "as", attribute, *rest]:
                fields[wire] = attribute
                if rest:
                    uses[wire] = tuple(rest[1:])
            case ["member", value, "as", member]:
                members[value] = member
            case ["whole", "of", *names]:
                uses[""] = tuple(names)
            case ["also", other, "in", home]:
                also.append((other, home))
            case _:
                raise RecordError("this is no line about a class", number)
    return ClassNames(
        name,
        module,
        found.get("kind", ""),
        found.get("component"),
        found.get("shape", ""),
        found.get("base", ""),
        fields,
        members,
        found.get("more", ""),
        uses,
        found.get("type", ""),
        tuple(also),
    )
