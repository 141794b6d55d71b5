"""Two surfaces side by side, name by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from vcsdk.diagnostics import Origin
from vcsdk.diff.changes import Added, Change, Home, Name, Pair, Removed
from vcsdk.diff.compare.methods import compare_methods
from vcsdk.diff.site import Site
from vcsdk.surface import Class, Module, Surface

_ASYNC = "Async"


class Named(Protocol):
    """What a surface lists by name."""

    @property
    def name(self) -> str:
        """The name."""


N = TypeVar("N", bound=Named)
Located = tuple[str, Class]


def surface_changes(old: Surface, new: Surface) -> Iterator[Change]:
    """Every change from one surface to the other.

    An asynchronous class that mirrors the one it is named after is left out where both change alike.
    """
    before = {module.name: module for module in old.modules}
    after = {module.name: module for module in new.modules}
    moved = _moved(before, after)
    told = _defined(old) ^ _defined(new)
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name, Module(name)), after.get(name, Module(name))
        gone = [c for c in one.classes if c.name not in {x.name for x in other.classes} and c.name not in moved]
        come = [c for c in other.classes if c.name not in {x.name for x in one.classes} and c.name not in moved]
        if name not in after and not any(c.name in moved for c in one.classes):
            yield Removed(Site(symbol=name), one)
        elif name not in before and not any(c.name in moved for c in other.classes):
            yield Added(Site(symbol=name), other)
        else:
            yield from _classes(name, one, other, gone, come)
        if name in before and name in after:
            yield from _named(name, one.aliases, other.aliases)
            yield from _exports(one, other, told)
    for (home, left), (target, right) in moved.values():
        yield Pair(_site(target, right.name, left.origin, right.origin), Home(home), Home(target))
        yield from _class(target, left, right)


def _defined(surface: Surface) -> set[str]:
    """The names of every class and alias; a program imports them from wherever they are offered."""
    classes = {each.name for module in surface.modules for each in module.classes}
    return classes | {each.name for module in surface.modules for each in module.aliases}


def _site(module: str, name: str, old: Origin | None = None, new: Origin | None = None) -> Site:
    return Site(symbol=f"{module}.{name}".strip("."), old=old, new=new)


def _moved(before: dict[str, Module], after: dict[str, Module]) -> dict[str, tuple[Located, Located]]:
    """Classes by name that stand in exactly one module on each side, and not in the same."""
    places: list[dict[str, list[Located]]] = [{}, {}]
    for side, modules in zip(places, (before, after), strict=True):
        for module in modules.values():
            for class_ in module.classes:
                side.setdefault(class_.name, []).append((module.name, class_))
    return {
        name: (found[0], places[1][name][0])
        for name, found in sorted(places[0].items())
        if len(found) == 1 and len(places[1].get(name, ())) == 1 and found[0][0] != places[1][name][0][0]
    }


def _classes(name: str, one: Module, other: Module, gone: list[Class], come: list[Class]) -> Iterator[Change]:
    twins = _twins(one) & _twins(other)
    for left in list(gone):
        right = next((c for c in come if replace(c, name=left.name) == left and left.fields + left.methods), None)
        if right is not None:
            gone.remove(left)
            come.remove(right)
            site = _site(name, right.name, left.origin, right.origin)
            yield Pair(site, Name(left.name), Name(right.name))
    mirrored = _twins(one) | _twins(other)
    yield from (Removed(_site(name, c.name, c.origin), c) for c in gone if c.name not in mirrored)
    yield from (Added(_site(name, c.name, None, c.origin), c) for c in come if c.name not in mirrored)
    kept = {c.name: c for c in one.classes}
    for class_ in other.classes:
        if class_.name in kept and class_.name not in twins:
            yield from _class(name, kept[class_.name], class_)


def _twins(module: Module) -> set[str]:
    """The asynchronous classes of a module that have what the class they are named after has."""
    plain = {c.name: c for c in module.classes}
    found = set()
    for name, class_ in plain.items():
        twin = plain.get(name.removeprefix(_ASYNC)) if name.startswith(_ASYNC) else None
        if twin is not None and _outline(class_) == _outline(twin):
            found.add(name)
    return found


def _outline(class_: Class) -> object:
    methods = sorted((method.name, method.parameters) for method in class_.methods)
    return (methods, sorted(each.name for each in class_.properties), class_.fields)


def _class(module: str, old: Class, new: Class) -> Iterator[Change]:
    site = _site(module, new.name, old.origin, new.origin)
    if old.kind is not new.kind or old.bases != new.bases:
        yield Pair(site, old, new)
    path = f"{module}.{new.name}"
    yield from _named(path, old.fields, new.fields)
    yield from _named(path, old.members, new.members, site)
    yield from _named(path, old.properties, new.properties)
    yield from compare_methods(path, old.methods, new.methods)


def _named(path: str, old: Sequence[N], new: Sequence[N], near: Site | None = None) -> Iterator[Change]:
    """Things that are told apart by name; places are their own, or those of the class around them."""
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        origins = (getattr(one, "origin", None), getattr(other, "origin", None))
        site = replace(near or Site(), symbol=f"{path}.{name}".strip(".")).at(*origins)
        if other is None:
            yield Removed(site, one)
        elif one is None:
            yield Added(site, other)
        elif one != other:
            yield Pair(site, one, other)


def _exports(old: Module, new: Module, told: set[str]) -> Iterator[Change]:
    """Names that a module offers; those of what came or went as a whole are told there."""
    yield from _named(
        old.name,
        [export for export in old.exports if export.name not in told],
        [export for export in new.exports if export.name not in told],
    )
