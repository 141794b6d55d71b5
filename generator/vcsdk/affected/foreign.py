"""Functions of Python and of others that give back, call or look up what they are given."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from vcsdk.affected.calling import called
from vcsdk.affected.keywords import keys_of
from vcsdk.affected.look import Expressions
from vcsdk.affected.program import Scope, values
from vcsdk.affected.uses import Unknown
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
    PackageModule,
    Several,
    Text,
    Value,
    Values,
)

_SAME_ITEMS = frozenset({"list", "sorted", "set", "tuple", "reversed", "iter", "frozenset", "aiter"})
_FIRST = frozenset({"next", "anext", "min", "max"})
_PASSED = frozenset(
    {
        *("run", "wait_for", "create_task", "shield", "ensure_future", "run_until_complete", "copy", "deepcopy"),
        *("closing", "aclosing", "nullcontext", "enter_context", "enter_async_context", "freeze"),
    }
)
_OF_TYPE = frozenset({"convert", "decode"})
_MAPPED = frozenset({"map", "imap", "imap_unordered", "starmap", "filter", "takewhile", "dropwhile"})
_STARTED = frozenset({"Thread", "Process"})
_DEFERRED = frozenset({"to_thread", "submit", "call_soon", "start_soon", "apply", "apply_async"})
_BY_NAME = frozenset({"getattr", "hasattr", "setattr", "delattr"})
_GETTERS = frozenset({"attrgetter", "methodcaller"})


def builtin(
    look: Expressions, name: str, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
) -> Values:
    """What a function gives that the program does not define."""
    first = given[0] if given else NOTHING
    if name == "dict":
        keys = keys_of(node)
        return frozenset({Many(NOTHING, union(named.values()), keys)}) | first
    if name == "type":
        return frozenset(map(_class_of, first))
    _each_by(look, look.items(first), named.get("key", NOTHING))
    if name in _MAPPED:
        return _mapped(look, name, node, given, scope)
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
        return frozenset(_partial(look, value, node, scope) for value in first)
    if name in _MAPPED:
        return _mapped(look, name, node, given, scope)
    if name in _STARTED:
        return _started(look, node, named, scope)
    if name == "replace" and not first.isdisjoint(objects := frozenset(v for v in first if isinstance(v, Object))):
        for value in objects:
            called(look, value.symbol, node, scope, later=True)
        return objects
    if name == "cast" and node.args:
        return look.type_of(node.args[0], scope) | given[-1]
    if name in _OF_TYPE:
        kinds = union((*given[1:2], named.get("type", NOTHING)))
        return frozenset(map(object_of, _classes(kinds))) or first
    if name in _DEFERRED:
        return _deferred(look, node, given, named, scope)
    if name == "gather":
        return frozenset({Many(union(given))})
    return _given_back(look, name, node, given, named)


def _deferred(
    look: Expressions, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
) -> Values:
    """What the first argument gives once it is called with the others."""
    found = NOTHING
    for value in given[0] if given else ():
        if isinstance(value, Method | ClassItself):
            called(look, value.symbol, node, scope, through=True)
            found |= look.package.returns(value.symbol) if isinstance(value, Method) else NOTHING
        elif isinstance(value, OwnFunction):
            found |= look.enter(look.program.functions[value.number], given[1:], named, bound=value.bound)
    return found


def _given_back(
    look: Expressions, name: str, node: ast.Call, given: list[Values], named: dict[str | None, Values]
) -> Values:
    """What is made of what is given without calling it."""
    first = given[0] if given else NOTHING
    if name in _OF_TYPE:
        kinds = union((*given[1:2], named.get("type", NOTHING)))
        return frozenset(map(object_of, _classes(kinds))) or first
    if name == "import_module":
        start = f"{look.package.name}."
        paths = (value.text for value in first if isinstance(value, Text) and f"{value.text}.".startswith(start))
        return frozenset(PackageModule(path.removeprefix(look.package.name).strip(".")) for path in paths)
    _each_by(look, look.items(first), named.get("key", NOTHING))
    if name in _PASSED:
        return first
    return _getter(name, node, first)


def _partial(look: Expressions, value: Value, node: ast.Call, scope: Scope) -> Value:
    """A function with some of its arguments."""
    if not isinstance(value, Method | ClassItself):
        return value
    before = value if isinstance(value, Method) else None
    given = called(look, value.symbol, node, scope, later=True, through=True, before=before)
    if isinstance(value, ClassItself):
        return value
    return replace(value, partial=value.partial | (given or frozenset()), more=value.more or given is None)


def _mapped(look: Expressions, name: str, node: ast.Call, given: list[Values], scope: Scope) -> Values:
    """What a function gives for each of several things; of a filter these."""
    items = [look.items(each) for each in given[1:]]
    found: set[Value] = set()
    for value in given[0] if given else ():
        if isinstance(value, OwnFunction):
            found |= look.enter(look.program.functions[value.number], items, {}, bound=value.bound)
        elif isinstance(value, ClassItself):
            found.add(Object(value.symbol))
        elif isinstance(value, Method):
            called(look, value.symbol, node, scope, through=True, before=value)
            found |= look.package.returns(value.symbol)
    kept = name in ("filter", "takewhile", "dropwhile")
    return frozenset({Many(union(items) if kept else frozenset(found))})


def _started(look: Expressions, node: ast.Call, named: dict[str | None, Values], scope: Scope) -> Values:
    """A thread calls its `target` with its `kwargs`."""
    said = {each.arg: each.value for each in node.keywords}
    target, kwargs = said.get("target"), said.get("kwargs")
    for value in named.get("target", NOTHING):
        if isinstance(value, Method) and target is not None:
            keywords = [ast.keyword(None, kwargs)] if kwargs is not None else []
            call = ast.copy_location(ast.Call(target, [], keywords), node)
            called(look, value.symbol, call, scope, before=value)
        elif isinstance(value, OwnFunction):
            given = [part for each in named.get("args", NOTHING) if isinstance(each, Several) for part in each.parts]
            look.enter(look.program.functions[value.number], given, {}, bound=value.bound)
    return NOTHING


def _each_by(look: Expressions, items: Values, key: Values) -> None:
    """What tells the order of things is called with each."""
    for value in key:
        if isinstance(value, OwnFunction):
            look.enter(look.program.functions[value.number], [items], {}, bound=value.bound)


def _class_of(value: Value) -> Value:
    if isinstance(value, Object):
        return ClassItself(value.symbol)
    return OwnClass(value.number) if isinstance(value, OwnObject) else value


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
