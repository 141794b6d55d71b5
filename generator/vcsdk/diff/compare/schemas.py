"""Two types side by side, down to the last property.

Most schemas of two versions are equal and stand in hundreds of operations, so what two types say of each other is
worked out once, and pairs below which nothing differs are not entered again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from vcsdk.diff.changes import Added, Change, Pair, Removed, Unsent
from vcsdk.diff.compare.error_types import lists_error_types
from vcsdk.diff.compare.members import compare_members
from vcsdk.diff.compare.resolve import resolve
from vcsdk.diff.compare.step import Delta, Step, Types
from vcsdk.diff.compare.values import compare_values
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site
from vcsdk.ir import Api, Field, Nullable, Ref, Schema, Type
from vcsdk.load.pointer import parent

_COMPONENTS = "#/components/schemas"
_INPUT = Direction.REQUEST | Direction.PARAMETER
_BOTH_WAYS = Site(direction=Direction.REQUEST | Direction.RESPONSE)
_MOST_ASKED = 16
"""How deep a question may lie within others: unions within unions take as many; members then go by their names."""


@dataclass(slots=True)
class SchemaComparison:
    """Compares types of two APIs.

    `told_error_types` leaves the values of `error_type` alone: they are told once, for the API as a whole.
    """

    old: Mapping[str, Schema]
    new: Mapping[str, Schema]
    told_error_types: bool = False
    _steps: dict[tuple[Types, bool], Step] = field(default_factory=dict)
    _equal: set[tuple[Types, bool]] = field(default_factory=set)
    _asked: list[Types] = field(default_factory=list)
    _differ: dict[Types, int] = field(default_factory=dict)
    _given_up: int = 0

    @classmethod
    def of(cls, old: Api, new: Api) -> SchemaComparison:
        """A comparison of the types that two APIs use."""
        return cls(old.schemas, new.schemas, told_error_types=old.profile == new.profile == "vapi")

    def changes(self, site: Site, old: Type, new: Type) -> Iterator[Change]:
        """Every change from one type to the other; a pair of schemas that is met again below is told once."""
        sent = bool(site.direction & _INPUT)
        pending = deque([(site, (old, new))])
        met: set[Types] = set()
        found = False
        while pending:
            here, types = pending.popleft()
            if types in met or (types, sent) in self._equal:
                continue
            met.add(types)
            here = self._held(here, types)
            step = self._step(types, sent)
            for delta in step.deltas:
                found = True
                yield _node(here, delta)
            for path, (before, after), inner in step.below:
                if inner not in met and (inner, sent) not in self._equal:
                    place = replace(
                        here,
                        path=here.path + path,
                        within=here.within + path,
                        old=before or here.old,
                        new=after or here.new,
                    )
                    pending.append((place, inner))
        if not found:
            self._equal.update((types, sent) for types in met)

    def kin(self) -> frozenset[tuple[str, str]]:
        """The keys of the declared schemas that stood side by side so far, the old one first."""
        return frozenset(
            (old.key, new.key)
            for old, new in (map(_plain, types) for types, _ in self._steps)
            if isinstance(old, Ref) and isinstance(new, Ref)
        )

    def _held(self, site: Site, types: Types) -> Site:
        """The place of two types, which are in a component of their own where one of them is one."""
        for type_, schemas in ((_plain(types[1]), self.new), (_plain(types[0]), self.old)):
            if isinstance(type_, Ref) and parent(type_.key) == _COMPONENTS:
                return replace(site, holder=schemas[type_.key].wire_name, within="")
        return site

    def same(self, old: Type, new: Type) -> bool:
        """Whether nothing differs, whichever way the values travel; False where it takes too long to tell."""
        # Two that are the same if they are the same are the same.
        types, left = (old, new), _MOST_ASKED - len(self._asked)
        if types in self._asked:
            return True
        if left <= self._differ.get(types, 0):
            self._given_up += self._differ.get(types, 0) < _MOST_ASKED
            return False
        given_up = self._given_up
        self._asked.append(types)
        try:
            found = next(self.changes(_BOTH_WAYS, old, new), None) is None
        finally:
            self._asked.pop()
        if not found:
            # What took too long to tell does so again with no more than it had; what differs does so always.
            self._differ[types] = _MOST_ASKED if given_up == self._given_up else left
        return found

    def _step(self, types: Types, sent: bool) -> Step:
        known = self._steps.get((types, sent))
        if known is None:
            known = self._compare(types, sent)
            self._steps[(types, sent)] = known
        return known

    def _compare(self, types: Types, sent: bool) -> Step:
        old, new = resolve(types[0], self.old), resolve(types[1], self.new)
        if old.members or new.members:
            return compare_members(old, new, types, self)
        if self.told_error_types and lists_error_types(old.values) and lists_error_types(new.values):
            return Step()
        step = compare_values(old, new)
        if old.shape != new.shape:
            return step
        if old.keys is not None and new.keys is not None:
            step.below.append(("/[]/key", (None, None), (old.keys, new.keys)))
        if old.items is not None and new.items is not None:
            path = "/[]/value" if old.shape.pairs else "/[]" if old.shape.kind == "array" else "/{}"
            step.below.append((path, (None, None), (old.items, new.items)))
        if old.fields is not None and new.fields is not None:
            _compare_fields(old.fields, new.fields, {old.tag_field, new.tag_field}, sent, step)
        return step


def _compare_fields(
    old: Mapping[str, Field], new: Mapping[str, Field], tags: set[str | None], sent: bool, step: Step
) -> None:
    """Properties by wire name.  One that does not travel this way is as if it were not there."""
    for name, each in old.items() if sent else ():
        other = new.get(name)
        if other is not None and each.read_only and other.read_only and each.required != other.required:
            path = "/" + name.replace("~", "~0").replace("/", "~1")
            sides = Unsent(each.required), Unsent(other.required)
            step.deltas.append(Delta(*sides, path, (each.origin, other.origin)))
    before = {name: each for name, each in old.items() if _travels(each, sent) or _travels(new.get(name), sent)}
    after = {name: each for name, each in new.items() if _travels(each, sent) or _travels(old.get(name), sent)}
    for name, each in before.items():
        path = "/" + name.replace("~", "~0").replace("/", "~1")
        other = after.get(name)
        if other is None:
            step.deltas.append(Delta(each, None, path, (each.origin, None)))
            continue
        if _differs(each, other):
            step.deltas.append(Delta(each, other, path, (each.origin, other.origin)))
        if name not in tags:
            step.below.append((path, (each.origin, other.origin), (each.type, other.type)))
    for name, each in after.items():
        if name not in before:
            path = "/" + name.replace("~", "~0").replace("/", "~1")
            step.deltas.append(Delta(None, each, path, (None, each.origin)))


def _travels(each: Field | None, sent: bool) -> bool:
    return each is not None and not (each.read_only if sent else each.write_only)


def _differs(old: Field, new: Field) -> bool:
    return (
        old.required != new.required
        or old.read_only != new.read_only
        or old.write_only != new.write_only
        or old.deprecated != new.deprecated
        or old.default != new.default
        or old.description != new.description
    )


def _plain(type_: Type) -> Type:
    return type_.type if isinstance(type_, Nullable) else type_


def _node(site: Site, delta: Delta) -> Change:
    place = replace(site.at(*delta.origins), path=site.path + delta.path, within=site.within + delta.path)
    if delta.old is None:
        return Added(place, delta.new)
    if delta.new is None:
        return Removed(place, delta.old)
    return Pair(place, delta.old, delta.new)
