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
from collections.abc import Iterable, Sequence
from typing import TypeVar

from vcsdk.ir.requests import Key
from vcsdk.naming.record import ClassNames, OperationNames, Record, ResourceNames, WebhookNames
from vcsdk.naming.record_lines import Line, RecordError, alone, blocks, dotted, identifier, module_of, once

_HEAD = (
    "# The Python names of the last release, which later ones keep.  `vcsdk release` writes this file, and\n"
    "# `vcsdk names` shows it beside what a fresh start would give.\n"
)
_BARE = re.compile(r"[!#-~]+")

K = TypeVar("K")
V = TypeVar("V")


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
        RecordError: A line is not of the form that `render` writes, a symbol stands there twice, or two have one name.
    """
    classes: dict[str, ClassNames] = {}
    operations: dict[tuple[Key, str], OperationNames] = {}
    resources: dict[str, ResourceNames] = {}
    keywords: dict[tuple[str, ...], str] = {}
    webhooks: dict[tuple[str, str], WebhookNames] = {}
    paths: dict[str, str] = {}
    for number, words, inner in blocks(text):
        try:
            match words:
                case ["class", name, "in", module]:
                    one = _class(identifier(name, number), module_of("models", module, number), inner)
                    once(classes, name, one, words, number)
                case ["operation", method, path, *constants]:
                    pairs = tuple(zip(constants[::2], constants[1::2], strict=True))
                    operation = _operation((method, path, pairs), inner)
                    once(operations, (operation.key, operation.operation_id), operation, words, number)
                    alone(paths, operation.path, "methods", number)
                case ["resource", path, "is", class_name, "in", module]:
                    made = ResourceNames(dotted(path, number), identifier(class_name, number), module)
                    module_of("resources", module, number)
                    once(resources, path, made, words, number)
                    alone(paths, path, "resources", number)
                case ["keyword", *key, "as", name]:
                    once(keywords, tuple(key), identifier(name, number), words, number)
                case ["webhook", wire, method, "as", name]:
                    once(webhooks, (wire, method), _webhook(identifier(name, number), inner), words, number)
                case _:
                    raise RecordError("this is no line of a record of names", number)
        except RecordError:
            raise
        except ValueError as wrong:
            raise RecordError(f"`{words[0]}` cannot be read here", number) from wrong
    return Record(operations, classes, resources, keywords, webhooks)


def _operation(key: Key, lines: Sequence[Line]) -> OperationNames:
    said: dict[str, str] = {}
    also: dict[str, str] = {}
    arguments: dict[tuple[str, str], str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for number, words in lines:
        match words:
            case ["id", operation_id]:
                once(said, "id", operation_id, words[:1], number)
            case ["method", path]:
                once(said, "method", dotted(path, number), words[:1], number)
            case ["argument", place, wire, "as", name]:
                once(arguments, (place, wire), identifier(name, number), words[:3], number)
                alone(names, name, "arguments", number)
            case ["uses", slot, "of", *used]:
                once(uses, slot, tuple(used), words[:2], number)
            case ["also", name]:
                once(also, identifier(name, number), name, words, number)
            case _:
                raise RecordError("this is no line about an operation", number)
    if "method" not in said:
        raise ValueError
    return OperationNames(key, said.get("id", ""), said["method"], arguments, uses, tuple(also))


def _webhook(name: str, lines: Sequence[Line]) -> WebhookNames:
    uses: dict[str, tuple[str, ...]] = {}
    for number, words in lines:
        match words:
            case ["uses", slot, "of", *names]:
                once(uses, slot, tuple(names), words[:2], number)
            case _:
                raise RecordError("this is no line about a webhook", number)
    return WebhookNames(name, uses)


def _class(name: str, module: str, lines: Sequence[Line]) -> ClassNames:
    found: dict[str, str] = {}
    fields: dict[str, str] = {}
    members: dict[str, str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    also: dict[tuple[str, str], None] = {}
    names: dict[str, str] = {}
    for number, words in lines:
        match words:
            case ["component" | "kind" | "shape" | "base" | "type" as word, value]:
                once(found, word, value, words[:1], number)
            case ["more", attribute]:
                once(found, "more", identifier(attribute, number), words[:1], number)
                alone(names, attribute, "fields", number)
            case ["field", wire, "as", attribute, *rest]:
                once(fields, wire, identifier(attribute, number), words[:2], number)
                alone(names, attribute, "fields", number)
                if rest:
                    uses[wire] = tuple(rest[1:])
            case ["member", value, "as", member]:
                once(members, value, identifier(member, number), words[:2], number)
                alone(names, member, "members", number)
            case ["whole", "of", *used]:
                once(uses, "", tuple(used), words[:1], number)
            case ["also", other, "in", home]:
                pair = (identifier(other, number), module_of("models", home, number))
                once(also, pair, None, words, number)
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
