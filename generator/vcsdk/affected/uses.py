"""What a program does with a package."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a module is imported or used: a class, an exception, an alias, a module."""

    module: str
    name: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Accessed:
    """An attribute of an object or a class; `owner` is the class that defines it."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Called:
    """A method is called, or an object of a class made, with these arguments, by whatever tells which they are.

    `open`: more may come from a mapping or from another list, so that what is missing cannot be told; `later`: what is
    missing may be given by another call.
    """

    symbol: str
    keywords: frozenset[str] = frozenset()
    open: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An argument of such a call; `text` where a text is written for it, `placed` where its place tells what it is."""

    symbol: str
    keyword: str
    text: str | None
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """An attribute of something that cannot be told."""

    name: str
    why: str


Use = Named | Accessed | Called | Given | Unknown


@dataclass(frozen=True, slots=True)
class Spot:
    """A use with its place in a file."""

    file: str
    line: int
    column: int
    use: Use


def spot(file: str, node: ast.AST, use: Use, source: list[str]) -> Spot:
    """A use at a node; columns count characters from 1."""
    line, offset = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    text = source[line - 1] if line <= len(source) else ""
    return Spot(file, line, len(text.encode()[:offset].decode("utf-8", "ignore")) + 1, use)
