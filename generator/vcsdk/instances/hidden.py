"""Properties that only one side has: read-only ones are in no request, write-only ones in no answer.

What a schema requires of them it requires of the other side alone (OpenAPI 3.0.3, "Schema Object").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vcsdk.copied.suite.schemas import marked

_MARKS = ("readOnly", "writeOnly")


def hides_properties(node: Any) -> bool:
    """True for a description with such a property."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if any(current.get(mark) is True for mark in _MARKS):
                return True
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
    return False


def as_seen(node: Any, resolve: Callable[[Any], Any], mark: str, without: frozenset[str] = frozenset()) -> Any:
    """A copy of a schema, or of what has schemas in it, that requires no property with the mark.

    Args:
        node: A parsed JSON value, not changed.
        resolve: Follows references.
        mark: `readOnly` for who sends, `writeOnly` for who is answered.
        without: Such properties of the object that `node`, a member of `allOf`, describes a part of.
    """
    if isinstance(node, list):
        return [as_seen(member, resolve, mark) for member in node]
    if not isinstance(node, dict):
        return node
    without |= marked(node, mark, resolve)
    seen: dict[str, Any] = {}
    for key, value in node.items():
        if key == "required" and isinstance(value, list):
            seen[key] = [name for name in value if name not in without]
        elif key == "allOf" and isinstance(value, list):
            seen[key] = [as_seen(member, resolve, mark, without) for member in value]
        else:
            seen[key] = as_seen(value, resolve, mark)
    return seen
