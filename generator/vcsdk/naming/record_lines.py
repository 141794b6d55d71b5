"""The lines of a record's file, and what each of them must hold: people merge it by hand."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

Line = tuple[int, list[str]]
"""The number of a line, from 1, and its words."""

_TOKEN = re.compile(r'[ \t\r]*(?:("(?:[^"\\]|\\.)*")(?=\s|$)|([^\s"]\S*))')

K = TypeVar("K")
V = TypeVar("V")


class RecordError(ValueError):
    """A text that is no record; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def blocks(text: str) -> Iterator[tuple[int, list[str], list[Line]]]:
    """Each symbol's line, its number first, with the lines below it.

    Raises:
        RecordError: A line has no words, or stands below nothing.
    """
    block: tuple[int, list[str], list[Line]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = _words(line.rstrip(), number)
        if line.startswith("  ") and block is not None:
            block[2].append((number, words))
        elif line[0] not in " \t":
            if block is not None:
                yield block
            block = (number, words, [])
        else:
            raise RecordError("this line belongs to nothing", number)
    if block is not None:
        yield block


def _words(line: str, number: int) -> list[str]:
    words, at = [], 0
    while at < len(line):
        found = _TOKEN.match(line, at)
        if found is None:
            raise RecordError("this is no line of a record of names", number)
        try:
            words.append(str(json.loads(found[1])) if found[1] else found[2])
        except ValueError:
            raise RecordError(f"{found[1]} is no text", number) from None
        at = found.end()
    return words


def once(table: dict[K, V], key: K, value: V, words: Sequence[str], number: int) -> None:
    """Put a value into a table.

    Raises:
        RecordError: Its key is there already.
    """
    if key in table:
        raise RecordError(f"`{' '.join(words)}` stands here twice", number)
    table[key] = value


def alone(known: dict[str, str], name: str, what: str, number: int) -> None:
    """Keep a name that nothing else may have.

    Raises:
        RecordError: Something has it.
    """
    if name in known:
        two = f"two {what}" if known[name] == what else "a method and a resource"
        raise RecordError(f"{two} are called `{name}`", number)
    known[name] = what


def identifier(name: str, number: int) -> str:
    """The name itself.

    Raises:
        RecordError: Python has no such names.
    """
    if not name.isidentifier() or keyword.iskeyword(name) or (name.startswith("__") and name.endswith("__")):
        raise RecordError(f"`{name}` is no name in Python", number)
    return name


def dotted(path: str, number: int) -> str:
    """The path itself, of names with dots between them.

    Raises:
        RecordError: One of them is no name in Python.
    """
    for part in path.split("."):
        identifier(part, number)
    return path


def module_of(folder: str, module: str, number: int) -> str:
    """The module itself, which is one of a folder: "models.vm".

    Raises:
        RecordError: It is elsewhere.
    """
    head, *rest = module.split(".")
    fine = (part.isidentifier() and not keyword.iskeyword(part) and not part.startswith("__") for part in rest)
    if head != folder or not rest or not all(fine):
        raise RecordError(f"`{module}` is no module of `{folder}`", number)
    return module
