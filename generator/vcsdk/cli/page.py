"""The help of a command, set for the width of the terminal; no word is broken, however narrow it is."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from vcsdk.cli.signature import Signature, Slot, choices
from vcsdk.cli.style import Style

_WIDEST = 100
"""Lines of a help are read; longer ones are hard to."""
_COLUMN = 26
"""Where texts stand beside names; a longer name has its text below it."""
_HELP = ("-h, --help", "Show this help, and end.")
_CODE = re.compile(r"`([^`]+)`")


def of_command(path: str, signature: Signature) -> str:
    """The help of a command that is called by the words `path`."""
    arguments = [slot for slot in signature.slots if slot.positional]
    options = [slot for slot in signature.slots if not slot.positional]
    needed = [f"{slot.flags[0]} {_value(slot)}".rstrip() for slot in options if slot.required]
    usage = " ".join(["Usage:", path, "[OPTIONS]", *needed, *(spelled(slot) for slot in arguments)])
    parts = [_paragraph(usage), _paragraph(signature.summary), *map(_paragraph, signature.paragraphs)]
    parts += [_table("Arguments", [(spelled(slot), explained(slot)) for slot in arguments])] if arguments else []
    rows = [(spelled(slot), explained(slot)) for slot in options]
    parts.append(_table("Options", [*rows, _HELP]))
    return "\n\n".join(parts)


def of_group(path: str, text: str, commands: Sequence[tuple[str, str]], options: Iterable[tuple[str, str]]) -> str:
    """The help of a group: its commands and its own options, names with texts."""
    parts = [_paragraph(f"Usage: {path} COMMAND"), *map(_paragraph, text.split("\n\n"))]
    parts += [_table("Commands", commands), _table("Options", [*options, _HELP])]
    return "\n\n".join(parts)


def spelled(slot: Slot) -> str:
    """A parameter as the usage has it: `DESCRIPTIONS...`, `[NEW]`, `-o, --output PATH`."""
    if slot.positional:
        name = slot.name.upper() + ("..." if slot.many else "")
        return name if slot.required else f"[{name}]"
    names = [*reversed(slot.flags), *([slot.extra.negative] if slot.extra.negative else [])]
    return f"{', '.join(names)} {_value(slot)}".rstrip()


def _value(slot: Slot) -> str:
    if slot.kind is bool:
        return ""
    return {Path: "PATH", int: "NUMBER", float: "NUMBER", str: "TEXT"}.get(slot.kind, "WORD")


def explained(slot: Slot) -> str:
    """What is said of a parameter, with its choices, its default, and whether it must be given."""
    words = choices(slot.kind)
    notes = [f"one of: {', '.join(words)}"] if words else []
    notes += [f"default: {slot.default}"] if slot.extra.show_default else []
    notes += ["required"] if slot.required else []
    return slot.text + "".join(f" [{note}]" for note in notes)


def _width() -> int:
    return max(min(shutil.get_terminal_size().columns, _WIDEST), 20)


def _paragraph(text: str) -> str:
    """A paragraph, or a list of which each entry begins with `- `."""
    if text.startswith("- "):
        entries = re.split(r"\n(?=- )", text)
        return "\n".join("\n".join(_lines(entry, "", "  ")) for entry in entries)
    return "\n".join(_lines(text, "", ""))


def _lines(text: str, first: str, others: str) -> list[str]:
    plain = _CODE.sub(r"\1", " ".join(text.split()))
    return textwrap.wrap(
        plain, _width(), initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    style = Style(sys.stdout)
    rows = list(rows)
    column = min(max(len(name) for name, _ in rows) + 4, _COLUMN)
    # On a narrow terminal a column beside the names would be a word wide.
    below = _width() < 2 * _COLUMN + 20
    lines = [style(f"{title}:", "bold")]
    for name, text in rows:
        shown = style(name, "cyan")
        if below and column == _COLUMN:
            lines += [f"  {shown}", *_lines(text, "      ", "      ")]
        elif len(name) + 4 > column:
            lines += [f"  {shown}", *_lines(text, " " * column, " " * column)]
        else:
            first, *others = _lines(text, " " * column, " " * column) or [""]
            lines += [f"  {shown}{' ' * (column - 2 - len(name))}{first[column:]}".rstrip(), *others]
    return "\n".join(lines)
