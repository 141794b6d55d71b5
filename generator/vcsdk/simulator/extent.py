"""How deep and how large the values are that the simulator takes and keeps."""

from __future__ import annotations

from typing import Any

DEEPEST_VALUE = 200
"""Levels of lists and objects that a value may have: the judge of schemas ends at 255, Python at about a thousand."""


def is_deep(value: Any) -> bool:
    """Whether a value has more levels than `DEEPEST_VALUE`."""
    level: list[Any] = [value]
    for _ in range(DEEPEST_VALUE + 1):
        level = [inner for node in level if isinstance(node, dict | list) for inner in _within(node)]
        if not level:
            return False
    return True


def size(value: Any) -> int:
    """How many values there are in one, itself included."""
    count, waiting = 0, [value]
    while waiting:
        node = waiting.pop()
        count += 1
        waiting += _within(node)
    return count


def _within(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
