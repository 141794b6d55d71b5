"""The alternatives of a union, those of the unions among them included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

_DEEPEST = 2


def options(members: Iterable[Any], flatten: Callable[[Any], dict[str, Any]], depth: int = 0) -> Iterator[Any]:
    """The members of a union, then those of the unions in it: one of `oneOf` may fit through some of its own.

    `flatten` gives a schema with its references followed and its parts joined.
    """
    below: list[Any] = []
    for member in members:
        yield member
        flat = flatten(member) if depth < _DEEPEST else {}
        for key in ("oneOf", "anyOf"):
            below += [{**flat, key: [one]} for one in flat.get(key) or () if len(flat[key]) > 1]
    if below:
        yield from options(below, flatten, depth + 1)
