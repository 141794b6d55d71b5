"""How often a validator judges one value by a schema: alternatives within alternatives double it with every level.

So do properties that several of the schemas of a value speak of, with every level of the value.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from .schemas import node_at

MOST = 10_000
"""Most judgements of one value; a schema that asks for more is not used (a fraction of a second)."""

_LEVELS = 4
"""Of a value that are looked into."""
_FEW = 6
"""Forks that cannot come to MOST, wherever they stand: each could multiply with all of them on every level."""
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems")
_BESIDE = frozenset((*_LISTS, *_SINGLE, "dependentSchemas", "$ref"))
_BELOW_SINGLE = ("items", "additionalProperties", "contains", "propertyNames")
_BELOW_MAPS = ("properties", "patternProperties")


class Effort:
    """Counts judgements by schemas of a document in JSON Schema; what was counted once is kept.

    `base` is the URI that references have before their fragment; "" where they are local.
    """

    def __init__(self, document: dict[str, Any], base: str = "") -> None:
        self._document = document
        self._base = base
        # By identity, which only what is in the document keeps.
        self._own = _nodes_in(document)
        self._counts: dict[int, int] = {}
        self._within: dict[int, bool] = {}
        self._bounded: set[int] = set()
        self._passing: set[int] = set()
        self._spoken: dict[int, tuple[int, dict[str, list[dict[str, Any]]]]] = {}

    def own(self, node: Any) -> None:
        """Count a part that the document has got since; it stays there."""
        self._own |= _nodes_in(node)

    def is_bounded(self, schema: Any) -> bool:
        """False if a value of the schema, or one within it, would be judged more than MOST times."""
        pending, met = [schema], set[int]()
        try:
            while pending:
                node = pending.pop()
                if not isinstance(node, dict) or id(node) in met or id(node) in self._bounded:
                    continue
                met.add(id(node))
                # What nothing judges beside it is judged once, and so is each value within.
                if beside := self._beside(node):
                    if self._count(node) > MOST or not self._is_bounded_within(node):
                        return False
                    pending += beside
                pending += _below(node)
            self._bounded |= met & self._own
            return True
        finally:
            for passing in self._passing:
                self._counts.pop(passing, None)
                self._within.pop(passing, None)
            self._passing.clear()

    def _is_bounded_within(self, schema: dict[str, Any]) -> bool:
        """Whether that holds of what is some levels within a value, where most of its schemas speak of it."""
        if id(schema) not in self._within:
            judging, bounded = [schema], True
            for _ in range(_LEVELS):
                named = self._named(judging)
                bounded = named is not None
                judging = max(named.values(), key=len, default=[]) if named is not None else []
                if len(judging) < 2:
                    break
            self._within[id(schema)] = bounded
            self._keep(schema)
        return self._within[id(schema)]

    def _named(self, schemas: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]] | None:
        """What judges the values within one that these judge, by where those are; None for too many judgements."""
        named: dict[str, list[dict[str, Any]]] = {}
        count, open_ = 0, set[int]()
        trail = [(schema, False) for schema in schemas]
        while trail:
            node, leaving = trail.pop()
            if leaving:
                open_.discard(id(node))
                continue
            if id(node) in open_:
                continue
            known = self._spoken.get(id(node))
            count += 1 if known is None else known[0]
            if count > MOST:
                return None
            if known is not None:
                for place, spoken in known[1].items():
                    named.setdefault(place, []).extend(spoken)
                continue
            if beside := self._beside(node):
                open_.add(id(node))
                trail.append((node, True))
                trail += [(each, False) for each in beside]
            for place, each in _places_below(node):
                if isinstance(each, dict):
                    named.setdefault(place, []).append(each)
        if len(schemas) == 1 and id(schemas[0]) in self._own:
            self._spoken[id(schemas[0])] = count, named
        return named

    def _count(self, schema: dict[str, Any]) -> int:
        counts, trail, open_ = self._counts, [(schema, False)], set()
        while trail:
            node, leaving = trail.pop()
            if leaving:
                open_.discard(id(node))
                counts[id(node)] = min(MOST + 1, 1 + sum(counts.get(id(each), 0) for each in self._beside(node)))
                self._keep(node)
            elif id(node) not in counts and id(node) not in open_:
                open_.add(id(node))
                trail.append((node, True))
                trail += [(each, False) for each in self._beside(node)]
        return counts[id(schema)]

    def _keep(self, node: dict[str, Any]) -> None:
        if id(node) not in self._own:
            self._passing.add(id(node))

    def _beside(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        """What judges the same value."""
        if _BESIDE.isdisjoint(node):
            return []
        parts: list[Any] = [node.get(key) for key in _SINGLE]
        for listed in (node.get(key) for key in _LISTS):
            parts += listed if isinstance(listed, list) else []
        dependent = node.get("dependentSchemas")
        parts += dependent.values() if isinstance(dependent, dict) else []
        if isinstance(ref := node.get("$ref"), str) and ref.startswith(f"{self._base}#"):
            parts.append(self._target(ref[len(self._base) :]))
        return [part for part in parts if isinstance(part, dict)]

    def _target(self, reference: str) -> Any:
        try:
            return node_at(self._document, reference)
        except (KeyError, IndexError, ValueError, TypeError):
            return None


def few_forks(parts: Iterable[int]) -> bool:
    """False if schemas with so many forks together have to be counted, by `Effort.is_bounded`."""
    return math.prod(parts) <= _FEW


def forks(schema: Any) -> int:
    """In how many ways one judgement can become several within a schema, references not followed; 1 for none."""
    found, waiting = 1, [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += node.values()
            if not _BESIDE.isdisjoint(node):
                found = min(MOST, found * max(1, sum(_width(node[key]) for key in _BESIDE & node.keys())))
        elif isinstance(node, list):
            waiting += node
    return found


def _width(judging: Any) -> int:
    return len(judging) if isinstance(judging, list | dict) else 1


def _nodes_in(document: Any) -> set[int]:
    found, waiting = set[int](), [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list) and id(node) not in found:
            found.add(id(node))
            waiting += node.values() if isinstance(node, dict) else node
    return found


def _below(node: dict[str, Any]) -> Iterator[Any]:
    """What judges the values within."""
    return (each for _, each in _places_below(node))


def _places_below(node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What judges the values within, and where those are: the same for two schemas of one value."""
    for key in _BELOW_SINGLE:
        yield key, node.get(key)
    for key in _BELOW_MAPS:
        held = node.get(key)
        for name, each in held.items() if isinstance(held, dict) else ():
            yield f"{key}/{name}", each
    items = node.get("prefixItems")
    for number, each in enumerate(items) if isinstance(items, list) else ():
        yield f"prefixItems/{number}", each
