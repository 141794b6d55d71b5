"""Lines for people that break between words where a terminal is narrower than they are."""

from __future__ import annotations

import re
import sys
from typing import TextIO

_CODES = re.compile(r"\x1b\[[0-9;]*m")
_WORDS = re.compile(r" +|[^ ]+")
_SOURCE = re.compile(r" *[0-9]* \| ")
"""A line of a description under a finding, and the one with its mark: what stands where matters."""
_HANGING = 4


def say(text: str, stream: TextIO | None = None) -> None:
    """Write text that ends with a line end to a stream, stdout by default; on a terminal folded to its width."""
    stream = sys.stdout if stream is None else stream
    if stream.isatty():
        import shutil

        text = fold(text, max(20, shutil.get_terminal_size().columns))
    stream.write(text)


def fold(text: str, columns: int) -> str:
    """The text with each longer line continued below itself, further in; a word that is longer alone stays whole."""
    return "".join(_folded(line, columns) for line in text.splitlines(keepends=True))


def _folded(line: str, columns: int) -> str:
    bare = _CODES.sub("", line.rstrip("\n"))
    if len(bare) <= columns or _SOURCE.match(bare):
        return line
    indent = min(len(bare) - len(bare.lstrip(" ")) + _HANGING, columns // 2)
    tokens = _WORDS.findall(line.rstrip("\n"))
    written: list[str] = []
    at, space = 0, ""
    for number, token in enumerate(tokens):
        if token.startswith(" "):
            space = token
            continue
        width = _width(token)
        cell = _cell(tokens[number:]) if len(space) > 1 else width
        # What stands in a column of its own goes below as a whole, if it has room there.
        if written and at + len(space) + (cell if cell <= columns - indent else width) > columns:
            at, space = min(indent, max(0, columns - width)), ""
            before = "".join(written)
            begun = _CODES.sub("", before).strip()
            written = [before + "\n" if begun else "".join(_CODES.findall(before)), " " * at]
        written.append(space + token)
        at, space = at + len(space) + width, ""
    return "".join(written) + "\n" * line.endswith("\n")


def _cell(tokens: list[str]) -> int:
    """The characters of the first words, up to a gap."""
    end = next((number for number, token in enumerate(tokens) if token.startswith("  ")), len(tokens))
    return sum(map(_width, tokens[:end]))


def _width(token: str) -> int:
    return len(_CODES.sub("", token))
