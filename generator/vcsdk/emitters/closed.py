"""Digests of parts that lead to each other: each stands for the part and all that it leads to, however far."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

SIZE = 16
"""Bytes of a digest."""


def closed(own: Mapping[str, bytes], leads: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """The digest of each part with all that it leads to.

    Args:
        own: The digest of each part alone.
        leads: To which parts each leads at once; circles are fine.
    """
    whole: dict[str, bytes] = {}
    for circle in _circles(leads):
        members = set(circle)
        below = {whole[key] for member in circle for key in leads[member] if key not in members}
        parts = b"".join([*sorted(own[key] for key in circle), b"/", *sorted(below)])
        for key in circle:
            whole[key] = hashlib.blake2b(own[key] + parts, digest_size=SIZE).digest()
    return whole


def _circles(leads: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Keys that lead to each other, those that are led to first (Tarjan, "Depth-first search", 1972)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    held: set[str] = set()
    found: list[list[str]] = []
    for start in leads:
        if start in number:
            continue
        path = [(start, iter(leads[start]))]
        number[start] = lowest[start] = len(number)
        waiting.append(start)
        held.add(start)
        while path:
            key, rest = path[-1]
            for other in rest:
                if other not in number:
                    number[other] = lowest[other] = len(number)
                    waiting.append(other)
                    held.add(other)
                    path.append((other, iter(leads[other])))
                    break
                if other in held:
                    lowest[key] = min(lowest[key], number[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[key])
                if lowest[key] == number[key]:
                    circle: list[str] = []
                    while not circle or circle[-1] != key:
                        circle.append(waiting.pop())
                        held.discard(circle[-1])
                    found.append(circle)
    return found
