"""Methods and their parameters side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from vcsdk.diff.changes import Added, Change, Name, Order, Pair, ParameterType, Removed, ReturnType, Spelled
from vcsdk.diff.compare.surface_types import Types
from vcsdk.diff.site import Part, Position, Site
from vcsdk.surface import Method, Parameter, ParameterKind

_BY_PLACE = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL)


def compare_methods(
    path: str, old: tuple[Method, ...], new: tuple[Method, ...], types: tuple[Types, Types]
) -> Iterator[Change]:
    """Methods by name, and by the request they send where the name is another one."""
    before, after = {method.name: method for method in old}, {method.name: method for method in new}
    pairs = [(before[name], after[name]) for name in before if name in after]
    gone = {method.request: method for name, method in before.items() if name not in after}
    for name, method in after.items():
        if name not in before and method.request and method.request in gone:
            one = gone.pop(method.request)
            pairs.append((one, method))
            yield Pair(_site(path, one, method), Name(one.name), Name(method.name))
    paired = {id(method) for pair in pairs for method in pair}
    yield from (Removed(_site(path, m, None), m) for m in old if id(m) not in paired)
    yield from (Added(_site(path, None, m), m) for m in new if id(m) not in paired)
    for one, other in pairs:
        site = _site(path, one, other)
        if (one.asynchronous, one.request) != (other.asynchronous, other.request):
            yield Pair(site, one, other)
        yield from retyped(site, one.returns, other.returns, types, ReturnType)
        yield from _parameters(site, one.parameters, other.parameters, types)


def retyped(site: Site, old: str, new: str, types: tuple[Types, Types], kind: type[Spelled]) -> Iterator[Change]:
    """The two types, where what they come to differs."""
    if old != new or types[0].members(old) != types[1].members(new):
        before, after = types[0].spelled(old, kind), types[1].spelled(new, kind)
        if before.members != after.members:
            yield Pair(site, before, after)


def _site(path: str, old: Method | None, new: Method | None) -> Site:
    named = new or old
    name = named.name if named is not None else ""
    return Site(symbol=f"{path}.{name}", old=old.origin if old else None, new=new.origin if new else None)


def _parameters(
    site: Site, old: tuple[Parameter, ...], new: tuple[Parameter, ...], types: tuple[Types, Types]
) -> Iterator[Change]:
    """Parameters by name.  One that went and one that came are the same if nothing but the name tells them apart."""
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    gone = [each for each in old if each.name not in after]
    come = [each for each in new if each.name not in before]
    if len(gone) == len(come) == 1 and structs.replace(gone[0], name="") == structs.replace(come[0], name=""):
        yield Pair(_parameter(site, come[0]), Name(gone[0].name), Name(come[0].name))
        gone, come = [], []
    yield from (Removed(_parameter(site, each), each) for each in gone)
    yield from (Added(_parameter(site, each), each) for each in come)
    for name, each in before.items():
        if name in after:
            here = _parameter(site, each)
            if each != after[name]:
                yield Pair(here, each, after[name])
            yield from retyped(here, each.type, after[name].type, types, ParameterType)
    orders = [
        tuple(each.name for each in side if each.kind in _BY_PLACE and each.name in before and each.name in after)
        for side in (old, new)
    ]
    if orders[0] != orders[1] and set(orders[0]) == set(orders[1]):
        yield Pair(site, Order(orders[0]), Order(orders[1]))


def _parameter(site: Site, parameter: Parameter) -> Site:
    return replace(site, position=Position(Part.PARAMETER, parameter.name))
