"""The smallest value of each schema: schemas that require themselves have none, and others end only in some members."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping

import msgspec

from vcsdk.ir.schemas import Alias, Enumeration, Field, Schema, Struct
from vcsdk.ir.types import Array, Map, Nullable, Ref, Type, Union

MOST = 256
"""Values with more parts than this count as endless: nobody writes them down."""

Size = Callable[[str], float]


class Finite(msgspec.Struct, frozen=True):
    """How many parts the smallest value of each schema has, by key; what is left out has no value that ends.

    `strict` are the sizes without null, `loose` those where null will do.  `plain` are the schemas that need no schema
    which needs itself, in whatever member of a union.
    """

    schemas: Mapping[str, Schema]
    strict: Mapping[str, int]
    loose: Mapping[str, int]
    plain: frozenset[str]

    @classmethod
    def of(cls, schemas: Mapping[str, Schema]) -> Finite:
        """The sizes of all these schemas."""
        needs, users = _graph(schemas)
        strict, loose = (_sizes(schemas, users, null=null) for null in (False, True))
        return cls(schemas, strict, loose, _without_cycles(needs, users))

    def ends(self, type_: Type) -> bool:
        """True for a type with a value that ends."""
        return self._of(type_, self.loose, null=True) <= MOST

    def ends_without_null(self, type_: Type) -> bool:
        """True for a type with a value that ends and needs no null."""
        return self._of(type_, self.strict, null=False) <= MOST

    def member(self, union: Union) -> Type:
        """The member to take: the first that leads to no schema which needs itself, else the one that ends soonest.

        What is sampled gets smaller with every step: by sizes without null where there are such, else by the others.
        """
        null = not self.ends_without_null(union)
        sizes = self.loose if null else self.strict
        ending = [one for one in union.members if self._of(one, sizes, null=null) <= MOST]
        plain = (one for one in ending if all(key in self.plain for key in _keys(one)))
        soonest = min(ending or union.members, key=lambda one: self._of(one, sizes, null=null))
        return next(plain, soonest)

    def _of(self, type_: Type, sizes: Mapping[str, int], *, null: bool) -> float:
        return _of_type(type_, lambda key: sizes.get(key, math.inf), null=null)


def endless(schemas: Mapping[str, Schema]) -> list[str]:
    """Keys of the schemas that no value ends of, in document order."""
    needs, users = _graph(schemas)
    if len(_without_cycles(needs, users)) == len(schemas):
        return []
    sizes = _sizes(schemas, users, null=True)
    return [key for key in schemas if key not in sizes]


def _graph(schemas: Mapping[str, Schema]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What each schema needs, and what needs it."""
    users: dict[str, set[str]] = defaultdict(set)
    needs = {key: set(_needs(schema, schemas)) for key, schema in schemas.items()}
    for key, needed in needs.items():
        for target in needed:
            users[target].add(key)
    return needs, users


def required_fields(struct: Struct, schemas: Mapping[str, Schema]) -> Iterator[Field]:
    """The fields that every value of a struct has, inherited ones first."""
    return (field for field in all_fields(struct, schemas) if field.required)


def all_fields(struct: Struct, schemas: Mapping[str, Schema]) -> tuple[Field, ...]:
    """The fields of a struct, inherited ones first."""
    chain: dict[str, Struct] = {}
    current: Schema | None = struct
    while isinstance(current, Struct) and current.key not in chain:
        chain[current.key] = current
        current = schemas.get(current.base) if current.base is not None else None
    return tuple(field for each in reversed(chain.values()) for field in each.fields)


def _sizes(schemas: Mapping[str, Schema], users: Mapping[str, set[str]], *, null: bool) -> dict[str, int]:
    """Sizes go down and settle: each is worked out again when one that it needs has become smaller."""
    known: dict[str, int] = {}
    rest, waiting = deque(schemas), set(schemas)
    while rest:
        waiting.discard(key := rest.popleft())
        size = _of_schema(schemas[key], schemas, lambda other: known.get(other, math.inf), null=null)
        if size <= MOST and size < known.get(key, math.inf):
            known[key] = int(size)
            fresh = users.get(key, set()) - waiting
            waiting |= fresh
            rest.extend(sorted(fresh))
    return known


def _of_schema(schema: Schema, schemas: Mapping[str, Schema], size: Size, *, null: bool) -> float:
    if isinstance(schema, Enumeration):
        return 1 if schema.members else math.inf
    if isinstance(schema, Alias):
        return 1 + _of_type(schema.type, size, null=null)
    return 1 + sum(_of_type(field.type, size, null=null) for field in required_fields(schema, schemas))


def _of_type(type_: Type, size: Size, *, null: bool) -> float:
    match type_:
        case Ref(key):
            return size(key)
        case Nullable(inner):
            return min(1.0, _of_type(inner, size, null=null)) if null else _of_type(inner, size, null=null)
        case Array(items, constraints):
            least = constraints.min_items or 0
            return 1 + least * _of_type(items, size, null=null) if least else 1
        case Map(values, constraints):
            least = constraints.min_properties or 0
            return 1 + least * _of_type(values, size, null=null) if least else 1
        case Union(members):
            return 1 + min((_of_type(member, size, null=null) for member in members), default=math.inf)
    return 1


def _needs(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[str]:
    """Keys of the schemas that a value may need: those of optional fields and of empty lists it does not."""
    if isinstance(schema, Alias):
        yield from _keys(schema.type)
    elif isinstance(schema, Struct):
        for field in required_fields(schema, schemas):
            yield from _keys(field.type)


def _keys(type_: Type) -> Iterator[str]:
    match type_:
        case Ref(key):
            yield key
        case Nullable(inner):
            yield from _keys(inner)
        case Array(inner, constraints):
            yield from _keys(inner) if constraints.min_items else ()
        case Map(inner, constraints):
            yield from _keys(inner) if constraints.min_properties else ()
        case Union(members):
            for member in members:
                yield from _keys(member)


def _without_cycles(needs: Mapping[str, set[str]], users: Mapping[str, set[str]]) -> frozenset[str]:
    """The keys from which no circle is reached: those that need none, then those that need only such."""
    open_ = {key: len(needed) for key, needed in needs.items()}
    rest = [key for key, number in open_.items() if not number]
    found: set[str] = set()
    while rest:
        key = rest.pop()
        found.add(key)
        for user in users.get(key, ()):
            open_[user] -= 1
            if not open_[user]:
                rest.append(user)
    return frozenset(found)
