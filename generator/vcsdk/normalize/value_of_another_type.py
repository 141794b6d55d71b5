"""The rule `value-of-another-type`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import find, parent, split
from vcsdk.load.walk import Malformed
from vcsdk.normalize.registry import Context, Repair, rule

_SCALAR = re.compile(r"[^\s,}\]]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@rule("value-of-another-type", level="note", reshapes=True)
def read_what_is_meant(context: Context) -> Iterator[Repair]:
    """A value is not of the type that its field has, and can only mean one thing: that is taken.

    A number or a boolean stands where text does (`version: 1.0`), a number is written as text or with a decimal point
    (`maxLength: "10"`, `enum: [1.0, 2.0]` of integers), one entry stands where a list of them does (`tags: lamps`).
    """
    document = context.document
    yield from _integers_with_a_point(context)
    for problem in context.index.malformed:
        if not problem.pointer:
            continue
        holder, name = find(document.data, parent(problem.pointer)), split(problem.pointer)[-1]
        if (
            not isinstance(holder, dict)
            or name == "$ref"
            or holder.get(name) != problem.found
            or isinstance(problem.found, dict | None)
        ):
            continue
        meant = _meant(context, problem, name)
        if meant is not None:
            holder[name] = meant
            yield Repair(document.origin(problem.pointer), f"`{name}` is not {problem.expected}; took {_shown(meant)}")


def _integers_with_a_point(context: Context) -> Iterator[Repair]:
    """`1.0` is the integer 1 (JSON Schema 2020-12, 4.2.3), which not all programs know."""
    for pointer, schema in context.index.nodes["schema"]:
        types = schema.get("type")
        types = types if isinstance(types, list) else [types]
        if "integer" not in types or "number" in types:
            continue
        for key in ("enum", "const", "default"):
            value = schema.get(key)
            if _has_point(value) or (isinstance(value, list) and any(map(_has_point, value))):
                schema[key] = [_whole(each) for each in value] if isinstance(value, list) else _whole(value)
                said = f"`{key}` has a decimal point where integers stand; took it for none"
                yield Repair(context.document.origin(f"{pointer}/{key}"), said)


def _has_point(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _whole(value: Any) -> Any:
    return int(value) if _has_point(value) else value


def _meant(context: Context, problem: Malformed, name: str) -> Any:
    found, types = problem.found, problem.types
    if types == (str,) and isinstance(found, bool | int | float):
        return _spelled(context, problem)
    if types == (list,) and isinstance(found, str) and name in ("tags", "required", "enum") and found:
        return [found]
    number = float(found) if isinstance(found, str) and _NUMBER.fullmatch(found) else found
    if int in types and isinstance(number, float):
        return int(number) if number.is_integer() else number if float in types else None
    return None


def _spelled(context: Context, problem: Malformed) -> str:
    """The value as its file has it: `1.10` is not the number 1.1 where text is meant."""
    origin = context.document.origin(problem.pointer)
    source = context.document.sources.get(origin.file)
    if source is not None:
        match = _SCALAR.match(source.text, source.positions.find(origin.pointer).value)
        if match is not None and not match[0].startswith(("&", "!", "*")):
            return match[0]
    return str(problem.found).lower() if isinstance(problem.found, bool) else str(problem.found)


def _shown(value: Any) -> str:
    return f'the text "{value}"' if isinstance(value, str) else f"`{value}`"
