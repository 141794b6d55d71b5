"""How often a validator judges one value by a schema: alternatives within alternatives double it with every level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .schemas import node_at

MOST = 10_000
"""Most judgements of one value; a schema that asks for more is not used (a fraction of a second)."""

_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems")
_BELOW_SINGLE = ("items", "additionalProperties", "contains", "propertyNames")
_BELOW_MAPS = ("properties", "patternProperties")


class Effort:
    """Counts judgements by schemas of a document in JSON Schema; what was counted once is kept.

    `base` is the URI that references have before their fragment; "" where they are local.
    """

    def __init__(self, document: dict[str, Any], base: str = "") -> None:
        self._document = document
        self._base = base
        self._counts: dict[int, int] = {}

    def is_bounded(self, schema: Any) -> bool:
        """False if a value of the schema, or one within it, would be judged more than MOST times."""
        pending, met = [schema], set()
        while pending:
            node = pending.pop()
            if not isinstance(node, dict) or id(node) in met:
                continue
            met.add(id(node))
            if self._count(node) > MOST:
                return False
            pending += [*self._beside(node), *_below(node)]
        return True

    def _count(self, schema: dict[str, Any]) -> int:
        counts, trail, open_ = self._counts, [(schema, False)], set()
        while trail:
            node, leaving = trail.pop()
            if leaving:
                open_.discard(id(node))
                counts[id(node)] = min(MOST + 1, 1 + sum(counts.get(id(each), 0) for each in self._beside(node)))
            elif id(node) not in counts and id(node) not in open_:
                open_.add(id(node))
                trail.append((node, True))
                trail += [(each, False) for each in self._beside(node)]
        return counts[id(schema)]

    def _beside(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What judges the same value."""
        parts: list[Any] = [node.get(key) for key in _SINGLE]
        for listed in (node.get(key) for key in _LISTS):
            parts += listed if isinstance(listed, list) else []
        dependent = node.get("dependentSchemas")
        parts += dependent.values() if isinstance(dependent, dict) else []
        if isinstance(ref := node.get("$ref"), str) and ref.startswith(f"{self._base}#"):
            parts.append(self._target(ref[len(self._base) :]))
        return (part for part in parts if isinstance(part, dict))

    def _target(self, reference: str) -> Any:
        try:
            return node_at(self._document, reference)
        except (KeyError, IndexError, ValueError, TypeError):
            return None


def _below(node: dict[str, Any]) -> Iterator[Any]:
    """What judges the values within."""
    for key in _BELOW_SINGLE:
        yield node.get(key)
    for key in _BELOW_MAPS:
        held = node.get(key)
        yield from held.values() if isinstance(held, dict) else ()
    items = node.get("prefixItems")
    yield from items if isinstance(items, list) else ()
