"""What a command prints: JSON for machines, plain tables for people."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from ..json_form import concealed
from ..printed import CONTROL, printed
from ..serialize import plain

_LEAST = 8
_GAP = "  "


def as_json(value: Any, *, reveal: bool, lines: bool = False) -> str:
    """A value as JSON: in one line for programs and of `lines`, laid out on a terminal."""
    text = msgspec.json.encode(_plain(value, reveal))
    if sys.stdout.isatty() and not lines:
        text = msgspec.json.format(text, indent=2)
    # Control characters of a server have no power here either, and it is the same JSON.
    return CONTROL.sub(lambda found: found[0] if found[0] == "\n" else _escaped(found), text.decode())


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def write(value: Any, *, for_machines: bool, reveal: bool) -> None:
    """Print what a call gave."""
    if isinstance(value, bytes):
        write_bytes(value)
        sys.stdout.buffer.flush()
    elif for_machines:
        sys.stdout.write(as_json(value, reveal=reveal) + "\n")
    elif value is not None:
        sys.stdout.writelines(f"{line}\n" for line in for_people(_plain(value, reveal)))


def write_bytes(content: bytes) -> None:
    """Print bytes as they are."""
    rest = memoryview(content)
    while rest:  # a write of much ends early, and without an error, where nobody reads on
        rest = rest[sys.stdout.buffer.write(rest) :]


def write_item(value: Any, *, for_machines: bool, reveal: bool) -> None:
    """Print one value of a stream, in a line, at once."""
    text = isinstance(value, str) and not for_machines
    sys.stdout.write((printed(value) if text else as_json(value, reveal=reveal, lines=True)) + "\n")
    sys.stdout.flush()


def for_people(value: Any) -> Iterator[str]:
    """The lines of a JSON value: a table of objects, a line for each part of one, and below it the lists in it."""
    if _is_table(value):
        yield from _table([dict(_leaves(item)) for item in value])
    elif isinstance(value, list):
        yield from (_cell(item) for item in value)
    elif isinstance(value, dict):
        lists = list(_tables(value))
        rows = [(name, text) for name, text in _leaves(_without(value), deep=True)] if _without(value) else []
        width = max((len(name) for name, _ in rows), default=0)
        yield from (f"{name:<{width}}{_GAP}{text}".rstrip() for name, text in rows)
        for place, (name, items) in enumerate(lists):
            yield from ([""] if rows or place else [])
            yield f"{name}:"
            yield from _table([dict(_leaves(item)) for item in items])
    else:
        yield _cell(value)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _tables(value: dict[str, Any], above: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of objects in an object, by their dotted names."""
    for key, item in value.items():
        name = f"{above}{printed(key)}"
        if _is_table(item):
            yield name, item
        elif isinstance(item, dict):
            yield from _tables(item, f"{name}.")


def _without(value: dict[str, Any]) -> dict[str, Any]:
    """An object without these lists, and without objects that held nothing else."""
    found = {}
    for key, item in value.items():
        if _is_table(item):
            continue
        kept = _without(item) if isinstance(item, dict) else item
        if kept or not isinstance(item, dict) or not item:
            found[key] = kept
    return found


def _leaves(value: Any, name: str = "", *, deep: bool = False) -> Iterator[tuple[str, str]]:
    """What is no object, by its dotted name; lists of objects by their place where that is `deep`."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{name}.{printed(key)}" if name else printed(key), deep=deep)
    elif deep and isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for place, item in enumerate(value):
            yield from _leaves(item, f"{name}[{place}]", deep=True)
    else:
        yield name, _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return ", ".join(map(_cell, value))
    return printed(msgspec.json.encode(value).decode())


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    widths = {name: max(len(name), *(len(row.get(name, "")) for row in rows)) for name in names}
    if sys.stdout.isatty():
        _narrow(widths, shutil.get_terminal_size().columns)
    yield _line([name.upper() for name in names], widths)
    for row in rows:
        yield _line([row.get(name, "") for name in names], widths)


def _narrow(widths: dict[str, int], columns: int) -> None:
    """Take from the widest columns what a terminal has no room for."""
    while sum(widths.values()) + len(_GAP) * (len(widths) - 1) > columns:
        widest = max(widths, key=lambda name: widths[name])
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def _line(cells: list[str], widths: dict[str, int]) -> str:
    pairs = zip(cells, widths.values(), strict=True)
    return _GAP.join(
        (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width) for cell, width in pairs
    ).rstrip()


def _plain(value: Any, reveal: bool) -> Any:
    return plain(value if reveal else concealed(value))
