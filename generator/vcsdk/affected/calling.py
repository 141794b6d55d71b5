"""Calls of a package, and what is given in them."""

from __future__ import annotations

import ast

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
    # What methods take is given by keyword alone.
    starred = before is None and any(isinstance(argument, ast.Starred) for argument in node.args)
    for each in node.keywords:
        known = _unpacked(look, each.value, scope) if each.arg is None else []
        keywords += known or []
        starred = starred or known is None
    given = {each.name for each in keywords} | (before.partial if before is not None else set())
    starred = starred or (before is not None and before.more)
    look.note(
        scope,
        node.args[0] if through else node.func,
        Called(symbol, frozenset(given), open=starred, later=later),
    )
    for keyword in keywords:
        look.note(scope, keyword.place, Given(symbol, keyword.name, keyword.text))
    return None if starred else frozenset(given)


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
