"""Two surfaces side by side, name by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol, TypeVar

from vcsdk.diagnostics import Origin
from vcsdk.diff.changes import Added, AliasType, Change, FieldType, Home, Name, Pair, Removed
from vcsdk.diff.compare.methods import compare_methods, retyped
from vcsdk.diff.compare.surface_types import Types
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site
from vcsdk.surface import Alias, Class, Module, Surface

_ASYNC = "Async"
_MODELS = "models"


class Named(Protocol):
    """What a surface lists by name."""

    @property
    def name(self) -> str:
        """The name."""


N = TypeVar("N", bound=Named)
Located = tuple[str, Class]
Ways = Mapping[str, Direction]
"""Which way objects of a class travel, by its name; either way where it is not there."""


def surface_changes(old: Surface, new: Surface, ways: Ways = MappingProxyType({})) -> Iterator[Change]:
    """Every change from one surface to the other.

    An asynchronous class that mirrors the one it is named after is left out where both change alike.  Types are
    compared by what they come to: names of aliases are looked through, and what a class inherits it has.
    """
    later = Types(new)
    yield from _Comparison(old, new, (Types(old, later), later), ways).changes()


class _Comparison:
    """Two surfaces, with what the names in each mean."""

    def __init__(self, old: Surface, new: Surface, types: tuple[Types, Types], ways: Ways) -> None:
        self._before = {module.name: module for module in old.modules}
        self._after = {module.name: module for module in new.modules}
        self._types = types
        self._ways = ways
        self._told = _defined(old) ^ _defined(new)
        self._moved = _moved(self._before, self._after)
        # Names of models are told apart everywhere; resources of one name are not the same.
        self._homes = {name: m.name for m in new.modules if m.name.startswith(_MODELS) for name in _names(m)}

    def changes(self) -> Iterator[Change]:
        """All of them, by module."""
        before, after, moved = self._before, self._after, self._moved
        for name in sorted(before.keys() | after.keys()):
            one, other = before.get(name, Module(name)), after.get(name, Module(name))
            gone = [c for c in one.classes if c.name not in {x.name for x in other.classes} and c.name not in moved]
            come = [c for c in other.classes if c.name not in {x.name for x in one.classes} and c.name not in moved]
            if name not in after and not self._homes.keys() & _names(one):
                yield Removed(Site(symbol=name), one)
            elif name not in before and not any(c.name in moved for c in other.classes):
                yield Added(Site(symbol=name), other)
            else:
                yield from self._classes(one, other, gone, come)
                yield from self._aliases(one, other)
            if name in before and name in after:
                yield from _exports(one, other, self._told)
        for (home, left), (target, right) in moved.values():
            if not self._offers(home, left.name):
                yield Pair(_site(target, right.name, left.origin, right.origin), Home(home), Home(target))
            yield from self._class(target, left, right)

    def _offers(self, module: str, name: str) -> bool:
        """Whether a module of the new surface still has a name, be it for something that stands elsewhere."""
        found = self._after.get(module)
        return found is not None and name in _names(found)

    def _classes(self, one: Module, other: Module, gone: list[Class], come: list[Class]) -> Iterator[Change]:
        name = other.name
        for left in list(gone):
            # What is another name now is the class that it stands for.
            right = self._types[1].class_of(left.name)
            if right is not None and left.name in self._homes and name.startswith(_MODELS):
                gone.remove(left)
                if not self._offers(name, left.name):
                    home = self._homes[left.name]
                    yield Pair(_site(home, left.name, left.origin, right.origin), Home(name), Home(home))
                yield from self._class(name, left, right)
        for left in list(gone):
            right = next((c for c in come if replace(c, name=left.name) == left and left.fields + left.methods), None)
            if right is not None:
                gone.remove(left)
                come.remove(right)
                yield Pair(_site(name, right.name, left.origin, right.origin), Name(left.name), Name(right.name))
        mirrored = _twins(one) | _twins(other)
        yield from (Removed(_site(name, c.name, c.origin), c) for c in gone if c.name not in mirrored)
        yield from (Added(_site(name, c.name, None, c.origin), c) for c in come if c.name not in mirrored)
        kept = {c.name: c for c in one.classes}
        both = _twins(one) & _twins(other)
        for class_ in other.classes:
            if class_.name in kept and class_.name not in both:
                yield from self._class(name, kept[class_.name], class_)

    def _aliases(self, one: Module, other: Module) -> Iterator[Change]:
        before, after = {each.name: each for each in one.aliases}, {each.name: each for each in other.aliases}
        classes = {each.name for each in one.classes}
        for name in sorted(before.keys() | after.keys()):
            left, right = before.get(name), after.get(name)
            if left is None:
                if right is not None and name not in classes:
                    yield Added(_site(other.name, name, None, right.origin), right)
                continue
            site = _site(other.name, name, left.origin, right.origin if right is not None else None)
            if right is None and name not in self._homes:
                yield Removed(site, left)
                continue
            if not self._offers(other.name, name):
                home = self._homes[name]
                yield Pair(_site(home, name, left.origin, None), Home(one.name), Home(home))
            yield from self._retyped_alias(site, left, right)

    def _retyped_alias(self, site: Site, old: Alias, new: Alias | None) -> Iterator[Change]:
        yield from retyped(site, old.type, new.type if new is not None else old.name, self._types, AliasType)

    def _class(self, module: str, old: Class, new: Class) -> Iterator[Change]:
        site = _site(module, old.name, old.origin, new.origin)
        before, after = self._types[0].bases(old), self._types[1].bases(new)
        gone = tuple(base for base in old.bases if base in before and base not in after)
        come = tuple(base for base in new.bases if base in after and base not in before)
        if old.kind is not new.kind or gone or come:
            yield Pair(site, replace(old, bases=gone), replace(new, bases=come))
        yield from self._fields(module, old, new)
        path = f"{module}.{old.name}"
        yield from _named(path, old.members, new.members, site)
        yield from _named(path, old.properties, new.properties)
        yield from compare_methods(path, old.methods, new.methods, self._types)

    def _fields(self, module: str, old: Class, new: Class) -> Iterator[Change]:
        """Attributes with the inherited ones; what a base has on both sides is told of the base."""
        before, after = self._types[0].fields(old), self._types[1].fields(new)
        common = {each.name for each in self._types[0].ancestors(old)}
        common &= {each.name for each in self._types[1].ancestors(new)}
        for name in sorted(before.keys() | after.keys()):
            homes = {side[name][1].name for side in (before, after) if name in side}
            if len(homes) == 1 and homes <= common:
                continue
            left = before[name][0] if name in before else None
            right = after[name][0] if name in after else None
            site = _site(module, f"{old.name}.{name}", left.origin if left else None, right.origin if right else None)
            site = replace(site, direction=self._ways.get(new.name, Direction.NONE))
            if left is None and right is not None:
                yield Added(site, right)
            elif right is None and left is not None:
                yield Removed(site, left)
            elif left is not None and right is not None:
                if left != right:
                    yield Pair(site, left, right)
                yield from retyped(site, left.type, right.type, self._types, FieldType)


def _names(module: Module) -> set[str]:
    return {each.name for each in module.classes} | {each.name for each in module.aliases}


def _defined(surface: Surface) -> set[str]:
    """The names of every class and alias; a program imports them from wherever they are offered."""
    return {name for module in surface.modules for name in _names(module)}


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
