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
    (`maxLength: "10"`), one entry stands where a list of them does (`tags: lamps`).
    """
    document = context.document
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
