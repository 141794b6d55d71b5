"""Functions of Python and of others that give back, call or look up what they are given."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Protocol

from vcsdk.affected.package import Package
from vcsdk.affected.program import Function, Program, Scope, values
from vcsdk.affected.uses import Unknown, Use
from vcsdk.affected.values import (
    NOTHING,
    ClassItself,
    Getter,
    Many,
    Method,
    Object,
    OwnClass,
    OwnFunction,
    OwnObject,
    Several,
    Text,
    Value,
    Values,
)

_SAME_ITEMS = frozenset({"list", "sorted", "set", "tuple", "reversed", "iter", "frozenset", "filter", "aiter"})
_FIRST = frozenset({"next", "anext", "min", "max"})
_PASSED = frozenset({"run", "wait_for", "create_task", "shield", "ensure_future", "run_until_complete", "cast", "copy"})
_DEFERRED = frozenset({"to_thread", "submit", "call_soon", "start_soon", "apply", "apply_async"})
_BY_NAME = frozenset({"getattr", "hasattr", "setattr", "delattr"})
_GETTERS = frozenset({"attrgetter", "methodcaller"})


class Expressions(Protocol):
    """What is needed of the expressions around."""

    package: Package
    program: Program

    def note(self, scope: Scope, node: ast.AST, use: Use) -> None:
        """Keep a use."""

    def items(self, outer: Values) -> Values:
        """What a loop over a value gives."""

    def assign(self, target: ast.expr, found: Values, scope: Scope) -> None:
        """Give a target these values as well."""

    def attribute(self, base: Value, name: str, scope: Scope, node: ast.expr) -> Values:
        """An attribute of a value."""

    def called(self, symbol: str, node: ast.Call, scope: Scope, *, later: bool = False, through: bool = False) -> None:
        """Note a call."""

    def enter(self, function: Function, given: list[Values], named: dict[str | None, Values], *, bound: bool) -> Values:
        """What a function of the program gives for these."""

    def call(
        self, callee: Value, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
    ) -> Values:
        """What calling a value gives."""


def builtin(look: Expressions, name: str, node: ast.Call, given: list[Values], scope: Scope) -> Values:
    """What a function gives that the program does not define."""
    first = given[0] if given else NOTHING
    if name in _SAME_ITEMS:
        return frozenset({Many(look.items(given[-1] if given else NOTHING))})
    if name in _FIRST:
        return look.items(first) | union(given[1:])
    if name == "enumerate":
        return frozenset({Many(frozenset({Several((NOTHING, look.items(first)))}))})
    if name == "zip":
        return frozenset({Many(frozenset({Several(tuple(map(look.items, given)))}))})
    if name in _BY_NAME and len(given) > 1:
        return _named(look, name, node, given, scope)
    if name == "isinstance" and len(node.args) > 1:
        kinds = union((given[1], look.items(given[1])))
        look.assign(node.args[0], frozenset(map(object_of, kinds & _classes(kinds))), scope)
    if name == "super":
        return _super(scope)
    return _getter(name, node, first)


def _named(look: Expressions, name: str, node: ast.Call, given: list[Values], scope: Scope) -> Values:
    """An attribute by a name that is a value."""
    texts = [value.text for value in given[1] if isinstance(value, Text)]
    if not texts and given[0]:
        look.note(scope, node, Unknown("", f"`{name}` with a name that is not written here"))
    found = (look.attribute(base, text, scope, node) for base in given[0] for text in texts)
    return union(found) | union(given[2:] if name == "getattr" else ())


def _getter(name: str, node: ast.Call, first: Values) -> Values:
    """What `operator` looks up or calls by name later."""
    if name not in _GETTERS:
        return NOTHING
    call = node if name == "methodcaller" else None
    return frozenset(Getter(value.text, call) for value in first if isinstance(value, Text))


def fetched(look: Expressions, getter: Getter, objects: Values, scope: Scope) -> Values:
    """What is looked up in objects, and called where that is so."""
    place: ast.expr = getter.call or ast.Name(getter.path, lineno=1, col_offset=0)
    for name in getter.path.split("."):
        objects = union(look.attribute(base, name, scope, place) for base in objects)
    if getter.call is None:
        return objects
    return union(look.call(value, getter.call, [], {}, scope) for value in objects)


def foreign(
    look: Expressions, name: str, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
) -> Values:
    """A call of somebody else's function that calls what it is given, or gives it back."""
    first = given[0] if given else NOTHING
    if name == "partial":
        for value in first:
            if isinstance(value, Method | ClassItself):
                look.called(value.symbol, node, scope, later=True, through=True)
        return frozenset(Method(v.symbol, partial=True) if isinstance(v, Method) else v for v in first)
    if name in _DEFERRED:
        found = NOTHING
        for value in first:
            if isinstance(value, Method | ClassItself):
                look.called(value.symbol, node, scope, through=True)
                found |= look.package.returns(value.symbol) if isinstance(value, Method) else NOTHING
            elif isinstance(value, OwnFunction):
                found |= look.enter(look.program.functions[value.number], given[1:], named, bound=value.bound)
        return found
    if name == "gather":
        return frozenset({Many(union(given))})
    if name in ("enter_context", "enter_async_context", "deepcopy", *_PASSED):
        return given[-1] if name == "cast" and given else first
    return _getter(name, node, first)


def union(found: Iterable[Values]) -> Values:
    """All of them."""
    return frozenset(value for each in found for value in each)


def object_of(value: Value) -> Value:
    """An object of a class; anything else as it is."""
    if isinstance(value, ClassItself):
        return Object(value.symbol)
    return OwnObject(value.number) if isinstance(value, OwnClass) else value


def _classes(found: Values) -> Values:
    return frozenset(value for value in found if isinstance(value, ClassItself | OwnClass))


def _super(scope: Scope) -> Values:
    at: Scope | None = scope
    while at is not None and at.method_of is None:
        at = at.above
    bases = at.method_of if at is not None else None
    return frozenset(map(object_of, values(bases.bases))) if bases is not None else NOTHING
