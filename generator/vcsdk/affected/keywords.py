"""Keywords of calls, also of those that a map holds which is made elsewhere."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from vcsdk.affected.values import Many, Values


@dataclass(frozen=True, slots=True)
class Keyword:
    """A name that is given a value in a call, where it stands, and the value, None where that is elsewhere."""

    name: str
    place: ast.AST
    value: ast.expr | None = None

    @property
    def text(self) -> str | None:
        """The value, where it is a text that is written there."""
        return text(self.value)


def written(node: ast.expr) -> list[Keyword] | None:
    """The keywords of a map that is written in a call; None for any other map."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict" and not node.args:
        found = [Keyword(each.arg, each, each.value) for each in node.keywords if each.arg is not None]
        return found if len(found) == len(node.keywords) else None
    if not isinstance(node, ast.Dict):
        return None
    pairs = [(text(key), key, value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
    known = [Keyword(name, key, value) for name, key, value in pairs if name is not None]
    return known if len(known) == len(node.keys) else None


def held(node: ast.expr, maps: Values) -> list[Keyword] | None:
    """The keywords of a map that a name stands for, all at the name; None where not all of them can be told."""
    known = [value.keys for value in maps if isinstance(value, Many)]
    if not known or len(known) < len(maps) or any(keys is None for keys in known):
        return None
    return [Keyword(name, node) for name in sorted({name for keys in known for name in keys or ()})]


def keys_of(node: ast.expr) -> frozenset[str] | None:
    """The keys of a map that is written; None where one of them is no text, or comes from another map."""
    found = written(node)
    return frozenset(each.name for each in found) if found is not None else None


def text(node: ast.expr | None) -> str | None:
    """A text that is written; None for any other expression."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
