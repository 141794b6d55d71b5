"""Writes the parts of a page in Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; each cell becomes one line, and a bar in it no new column."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """Text in a fixed face."""
    return f"`{text}`"


def reason(function: Callable[..., Any]) -> str:
    """What a function's docstring says before its sections (`Args:` and the like), indentation removed."""
    text = inspect.getdoc(function) or ""
    for section in ("Args:", "Raises:", "Returns:", "Yields:"):
        text = text.partition(f"\n{section}")[0]
    return text.strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
