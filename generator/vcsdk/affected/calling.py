"""Calls of a package, and what is given in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from itertools import takewhile

from vcsdk.affected.keywords import Keyword, held, keys_of, text, written
from vcsdk.affected.look import Expressions
from vcsdk.affected.program import Scope
from vcsdk.affected.uses import Called, Given
from vcsdk.affected.values import NOTHING, Many, Method


def called(
    look: Expressions,
    symbol: str,
    node: ast.Call,
    scope: Scope,
    *,
    later: bool = False,
    through: bool = False,
    before: Method | None = None,
) -> frozenset[str] | None:
    """Note a call; `through` where somebody else's function calls the first of its arguments.

    `before` has what was given already.  What is given is returned, None where there may be more of it.
    """
    keywords = [Keyword(each.arg, each, each.value) for each in node.keywords if each.arg is not None]
    arguments = node.args[1:] if through else node.args
    placed = _placed(look.package.placed(symbol), arguments, before)
    # What a method takes beside a path is given by keyword alone.
    starred = (before is None or bool(look.package.placed(symbol))) and any(map(_is_starred, node.args))
    for each in node.keywords:
        known = _unpacked(look, each.value, scope) if each.arg is None else []
        keywords += known or []
        starred = starred or known is None
    given = (
        {each.name for each in keywords}
        | {name for name, _ in placed}
        | (before.partial if before is not None else set())
    )
    starred = starred or (before is not None and before.more)
    look.note(
        scope,
        node.args[0] if through else node.func,
        Called(symbol, frozenset(given), open=starred, later=later),
    )
    for keyword in keywords:
        look.note(scope, keyword.place, Given(symbol, keyword.name, keyword.text))
    for name, value in placed:
        look.note(scope, value, Given(symbol, name, text(value), placed=True))
    return None if starred else frozenset(given)


def _placed(names: Iterable[str], arguments: Iterable[ast.expr], before: Method | None) -> list[tuple[str, ast.expr]]:
    """Arguments whose places tell their names: those before one that stands for several."""
    left = [name for name in names if before is None or name not in before.partial]
    return [*zip(left, takewhile(lambda argument: not _is_starred(argument), arguments), strict=False)]


def _is_starred(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Starred)


def _unpacked(look: Expressions, node: ast.expr, scope: Scope) -> list[Keyword] | None:
    """The keywords of a map behind `**`; None where they cannot be told."""
    found = written(node)
    return found if found is not None else held(node, look.of(node, scope))


def filled(node: ast.Call, scope: Scope) -> None:
    """A map that is updated has more keys."""
    match node.func:
        case ast.Attribute(ast.Name(name), "update" | "setdefault" as how):
            names = scope.holder(name).names
            if any(isinstance(value, Many) for value in names.get(name, ())):
                names[name].add(Many(NOTHING, NOTHING, _added(node, how)))


def _added(node: ast.Call, how: str) -> frozenset[str] | None:
    """The keys that a map gets; None where they are not written."""
    keys = {each.arg for each in node.keywords}
    for argument in node.args[:1]:
        first = frozenset(filter(None, (text(argument),))) if how == "setdefault" else keys_of(argument)
        if not first and not isinstance(argument, ast.Dict):
            return None
        keys |= first or set()
    return frozenset(key for key in keys if key is not None) if None not in keys else None
