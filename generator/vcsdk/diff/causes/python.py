"""From which change of the API a finding about Python names follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from vcsdk.diagnostics import Origin
from vcsdk.diff.causes.grouping import Group
from vcsdk.diff.causes.names import Names, Renamed, symbols_of
from vcsdk.diff.causes.reach import Reach, named
from vcsdk.diff.changes import Added, EnumValue, ErrorValue, Pair, Removed
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.site import Part
from vcsdk.ir import Api, Argument, Operation
from vcsdk.surface import Alias, Class, ClassKind, Export, Field, Member, Method, Module, Property

Operations = tuple[Operation | None, Operation | None]


class Consequences:
    """Findings about the API by what Python names are made of: places in the files, operations, schemas."""

    def __init__(self, groups: Sequence[Group], comparison: Comparison) -> None:
        self._names = Names(comparison)
        self._apis = (comparison.old, comparison.new)
        self._operations = tuple({o.origin: o for o in api.operations} for api in self._apis)
        self._keys = tuple(named(api.schemas) for api in self._apis)
        self._resources = tuple(_resources(api) for api in self._apis)
        self._by_place: dict[Origin, list[tuple[int, Finding]]] = defaultdict(list)
        self._by_operation: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
        self._error_values: dict[str, int] = {}
        self._whole: dict[Origin, int] = {}
        for number, group in enumerate(groups):
            for finding in group:
                self._note(number, finding)
        self._reaches = tuple(Reach(api, new=new) for new, api in zip((False, True), self._apis, strict=True))
        for number, group in enumerate(groups):
            for reach, kind in zip(self._reaches, (Added, Removed), strict=True):
                reach.claim(number, (f for f in group if not isinstance(f.change, kind)))

    def _note(self, number: int, finding: Finding) -> None:
        site, side = finding.site, finding.change.sides[-1]
        for place in {site.old, site.new} - {None}:
            self._by_place[place].append((number, finding))  # type: ignore[index]
        if site.operation:
            self._by_operation[site.operation].append((number, finding))
        if isinstance(side, ErrorValue):
            self._error_values[repr(side.value)] = number
        if isinstance(side, Operation) and not isinstance(finding.change, Pair):
            self._whole[side.origin] = number

    def of(self, finding: Finding) -> int | Renamed | None:
        """The number of the group it follows from, or the new name that it is about."""
        operations = self._at(finding)
        renamed = self._names.of(finding, operations)
        if renamed is not None:
            return renamed
        if operations != (None, None):
            return self._of_method(finding, operations)
        return self._of_symbol(finding)

    def _at(self, finding: Finding) -> Operations:
        old, new = (
            side.get(place) if place is not None else None
            for side, place in zip(self._operations, (finding.site.old, finding.site.new), strict=True)
        )
        return old, new

    def _of_method(self, finding: Finding, operations: Operations) -> int | None:
        side = finding.change.sides[-1]
        if isinstance(side, Method) and not isinstance(finding.change, Pair):
            return self._whole.get(side.origin) if side.origin is not None else None
        gone = operations[0]
        if gone is not None and gone.origin in self._whole:
            # Another operation has the name of one that is gone.
            return self._whole[gone.origin]
        near = [entry for o in reversed(operations) if o is not None for entry in self._by_operation[o.request_line]]
        if finding.site.position.part is not Part.PARAMETER:
            return _best(finding, near, _is_about_the_answer)
        name = finding.site.position.name
        arguments = [a for o in reversed(operations) if o is not None for a in o.arguments if a.name == name]
        found = _best(finding, near, lambda other: any(_is_about(other, argument) for argument in arguments))
        return found if found is not None else _best(finding, near, lambda other: other.site.position.part is Part.BODY)

    def _of_symbol(self, finding: Finding) -> int | Renamed | None:
        change, side, site = finding.change, finding.change.sides[-1], finding.site
        here = [entry for place in (site.new, site.old) if place is not None for entry in self._by_place[place]]
        if not here:
            # What a class has without a place of its own, such as its further properties, is at the class's.
            here = [entry for place in self._homes(site.symbol) for entry in self._by_place[place]]
            if not here and isinstance(side, Field):
                return self._first([site.symbol.rpartition(".")[0]], new=not isinstance(change, Removed))
        if isinstance(side, Member):
            return _best(finding, here, lambda f: _stands_for(f, side)) if here else self._error_values.get(side.value)
        if isinstance(side, Class) and side.kind is ClassKind.EXCEPTION and not isinstance(change, Pair):
            numbers = (self._error_values.get(member.value) for member in side.members)
            return next((number for number in numbers if number is not None), None)
        came = not isinstance(change, Removed)
        if isinstance(side, Class | Alias | Module | Property | Export):
            found = self._first(symbols_of(side, site.symbol), new=came)
            if found is not None or not isinstance(change, Pair):
                return found
        alike = [entry for entry in here if type(entry[1].change) is type(change)]
        return _best(finding, alike or here, lambda _: True)

    def _homes(self, symbol: str) -> list[Origin]:
        """Where the schemas are written that the class around a symbol stands for."""
        owner = symbol.rpartition(".")[0]
        keys = ((api, known.get(owner)) for api, known in zip(self._apis, self._keys, strict=True))
        return [api.schemas[key].origin for api, key in keys if key is not None]

    def _first(self, symbols: Iterable[str], *, new: bool) -> int | Renamed | None:
        """What brings (or takes away) the first of the classes that anything does, be it a schema's or a resource's."""
        for symbol in symbols:
            key = self._keys[new].get(symbol)
            owner = self._reaches[new].owner(key) if key is not None else None
            if owner is not None:
                return owner
            for origin in self._resources[new].get(symbol, ()):
                if origin in self._whole:
                    return self._whole[origin]
            for origin in self._resources[new].get(symbol, ()):
                renamed = self._names.of_operation(origin, int(new))
                if renamed is not None:
                    return renamed
        return None


def _resources(api: Api) -> dict[str, list[Origin]]:
    """Where the operations of each resource and of those below it are, by its class's symbol and by its bare name."""
    found: dict[str, list[Origin]] = defaultdict(list)
    for path, resource in api.resources.items():
        below = [r for other, r in api.resources.items() if other[: len(path)] == path]
        places = [operation.origin for r in below for operation in r.operations]
        for name in (resource.class_name, f"Async{resource.class_name}"):
            found[f"{resource.module}.{name}"] += places
        found[resource.class_name] += places
    return found


def _best(finding: Finding, near: Sequence[tuple[int, Finding]], fits: Callable[[Finding], bool]) -> int | None:
    """The group of the worst finding that fits, of one as bad as this one if there is such."""
    fitting = (entry for entry in near if fits(entry[1]))
    best = min(fitting, key=lambda entry: (not entry[1].level.reaches(finding.level), entry[1].order), default=None)
    return best[0] if best is not None else None


def _is_about(finding: Finding, argument: Argument) -> bool:
    position = finding.site.position
    if position.part is Part.PARAMETER:
        return (position.location, position.name) == (argument.source, argument.wire_name)
    first = finding.site.path.split("/")[1:2]
    wire = argument.wire_name.replace("~", "~0").replace("/", "~1")
    return position.part is Part.BODY and (argument.source != "field" or first == [wire])


def _is_about_the_answer(finding: Finding) -> bool:
    position = finding.site.position
    whole = position.part is Part.WHOLE and isinstance(finding.change.sides[-1], Operation)
    return whole or position.part in (Part.RESPONSE, Part.HEADER)


def _stands_for(finding: Finding, member: Member) -> bool:
    value = finding.change.sides[-1]
    return isinstance(value, EnumValue | ErrorValue) and repr(value.value) == member.value
