"""Schemas that hold for one value, kept without those of which another says all they say."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from vcsdk.build.compose import Part, bare, says_something

_FEW = 8  # parts that are compared one by one: an index of them is dearer
_OF_OBJECTS = frozenset(("properties", "additionalProperties", "patternProperties"))
_DEPTH = 3  # levels of a value that its sketch tells apart


class Narrowest:
    """The narrowest of schemas that hold together, in the order in which they were added last.

    Of two of which one says all the other says, that one counts.  Parts that have nothing in common are not compared:
    a chain of schemas that each say something of one property adds as many parts to each of them.
    """

    def __init__(self) -> None:
        self._parts: dict[int, Part] = {}
        self._next = 0
        self._index: _Index | None = None

    def __iter__(self) -> Iterator[Part]:
        return iter(self._parts.values())

    def add(self, part: Part) -> None:
        """Let one more schema hold."""
        if self._index is None and len(self._parts) > _FEW:
            self._index = _Index()
            for number, known in self._parts.items():
                self._index.add(number, known)
        for number in list(self._parts) if self._index is None else self._index.like(part):
            told = narrower(self._parts[number], part)
            if told is None:
                continue
            known = self._parts.pop(number)
            if self._index is not None:
                self._index.remove(number)
            if told is known:
                # Those that are kept have nothing to do with one another.
                part = known
                break
        self._parts[self._next] = part
        if self._index is not None:
            self._index.add(self._next, part)
        self._next += 1


def narrower(one: Part, other: Part) -> Part | None:
    """The schema of two that says all the other says; None if neither can be seen to."""
    if _is_reference(one[0]) and _is_reference(other[0]):
        return other if one[0]["$ref"] == other[0]["$ref"] else None
    first, second = bare(one[0]), bare(other[0])
    if not says_something(one[0]) or first == second:
        return other
    if not says_something(other[0]):
        return one
    for inner, outer, part in ((second, first, other), (first, second, one)):
        if all(key in inner and inner[key] == value for key, value in outer.items()):
            return part
        if set(outer) == {"type"} and "type" not in inner and implied_type(inner) == outer["type"]:
            return part
    return None


def implied_type(schema: Mapping[str, Any]) -> str:
    """What a schema without a type is about."""
    if not _OF_OBJECTS.isdisjoint(schema):
        return "object"
    return "array" if "items" in schema or "prefixItems" in schema else "any"


def _is_reference(schema: Any) -> bool:
    return isinstance(schema, dict) and len(schema) == 1 and "$ref" in schema


class _Index:
    """Finds the parts of which `narrower` may say something beside another: those that share what they assert."""

    def __init__(self) -> None:
        self._silent: dict[int, None] = {}
        self._by: dict[Hashable, dict[int, None]] = {}
        self._homes: dict[Hashable, dict[int, None]] = {}
        self._places: dict[int, list[dict[int, None]]] = {}

    def add(self, number: int, part: Part) -> None:
        keys = _sketches(part[0])
        # One that another says all of is found by any of what it says: by what fewest others say.
        home = min(keys, key=lambda key: len(self._by.get(key, ())), default=None)
        places = [self._by.setdefault(key, {}) for key in keys]
        places.append(self._silent if home is None else self._homes.setdefault(home, {}))
        if home is not None and "type" not in part[0]:
            places.append(self._by.setdefault(_implied(part[0]), {}))
        for place in places:
            place[number] = None
        self._places[number] = places

    def remove(self, number: int) -> None:
        for place in self._places.pop(number):
            del place[number]

    def like(self, part: Part) -> list[int]:
        """The numbers of parts that may say all that this one says, or the other way round; ascending."""
        keys = _sketches(part[0])
        if not keys:
            return sorted(self._places)
        rarest = min(keys, key=lambda key: len(self._by.get(key, ())))
        found = {**self._silent, **self._by.get(rarest, {})}
        for key in keys:
            found |= self._homes.get(key, {})
        if "type" not in part[0]:
            found |= self._homes.get(("type", _implied(part[0])[1]), {})
        elif len(keys) == 1:
            found |= self._by.get(("implied", part[0]["type"]), {}) if isinstance(part[0]["type"], str) else {}
        return sorted(found)


def _implied(schema: Mapping[str, Any]) -> tuple[str, str]:
    return "implied", implied_type(schema)


def _sketches(schema: Any) -> list[tuple[str, Hashable]]:
    """What a schema asserts, each keyword with what equal values have in common; the type, which many share, last."""
    if _is_reference(schema):
        return [("$ref", schema["$ref"])]
    content = bare(schema) if isinstance(schema, dict) else {}
    return [(key, _sketch(content[key], _DEPTH)) for key in sorted(content, key=lambda key: (key == "type", key))]


def _sketch(value: Any, depth: int) -> Hashable:
    if isinstance(value, dict | list) and depth == 0:
        return len(value)
    if isinstance(value, dict):
        return frozenset((key, _sketch(each, depth - 1)) for key, each in value.items())
    return tuple(_sketch(each, depth - 1) for each in value) if isinstance(value, list) else value
