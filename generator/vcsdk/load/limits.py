"""Bounds on what is read, so that hostile or broken input ends in a diagnostic within bounded time and memory."""

from __future__ import annotations

from typing import Any

from vcsdk.load.pointer import escape

MAX_BYTES = 32 * 1024 * 1024
"""Largest file that is read, in bytes; VMware's largest description has 3 MB."""

MAX_DEPTH = 200
"""Deepest nesting of objects and arrays; recursion in later stages stays far below Python's limit of 1,000 frames."""

MAX_NODES = 3_000_000
"""Most nodes, aliases written out; VMware's largest description has 0.2 million."""

MAX_FILES = 500
"""Most files that one description may be spread over."""


class UnboundedError(Exception):
    """A document exceeds a bound: `rule` and `message` which, `place` where (pointer or offset)."""

    def __init__(self, rule: str, message: str, place: str | int = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.place = place


def measure(data: Any) -> None:
    """Check depth and number of nodes of a parsed tree without recursion.

    Raises:
        UnboundedError: It is nested too deeply (a cycle of aliases is endless nesting) or has too many nodes.
    """
    count = 0
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for node in level:
            if isinstance(node, dict):
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
            else:
                continue
            if count + len(below) > MAX_NODES:
                raise UnboundedError(
                    "too-large", f"the description has more than {MAX_NODES:,} nodes, aliases written out"
                )
        if not below:
            return
        count += len(below)
        level = below
    raise UnboundedError("too-deep", f"nested more than {MAX_DEPTH} levels deep", _deepest(data))


def size(data: Any) -> int:
    """How many nodes a tree has, without recursion."""
    count, pending = 0, [data]
    while pending:
        node = pending.pop()
        count += 1
        if isinstance(node, dict | list):
            pending += node.values() if isinstance(node, dict) else node
    return count


def _deepest(data: Any) -> str:
    """The pointer of a node at the depth limit, shortened to the part a reader can use."""
    trail: list[tuple[str, Any]] = [("", data)]
    for _ in range(MAX_DEPTH):
        trail = [
            (f"{pointer}/{escape(str(key))}", child)
            for pointer, node in trail
            for key, child in (node.items() if isinstance(node, dict) else enumerate(node))
            if isinstance(child, dict | list)
        ][:2_000]
        if not trail:
            return ""
    return trail[0][0]


def refuse_cycles(data: Any) -> None:
    """Look for an alias inside the node that it refers to, without recursion.

    Raises:
        UnboundedError: There is one.
    """
    done: set[int] = set()
    open_nodes: set[int] = set()
    trail: list[tuple[str, Any, bool]] = [("", data, False)]
    while trail:
        pointer, node, leaving = trail.pop()
        if leaving:
            open_nodes.discard(id(node))
            done.add(id(node))
            continue
        if not isinstance(node, dict | list) or id(node) in done:
            continue
        if id(node) in open_nodes:
            raise UnboundedError("alias-cycle", "an alias stands inside the node that it refers to", pointer)
        open_nodes.add(id(node))
        trail.append((pointer, node, True))
        children = node.items() if isinstance(node, dict) else enumerate(node)
        trail.extend((f"{pointer}/{escape(str(key))}", child, False) for key, child in children)


def written_out(data: Any) -> Any:
    """A copy of a measured tree in which no object is shared, so that mending one place cannot change another."""
    if isinstance(data, dict):
        return {key: written_out(value) for key, value in data.items()}
    if isinstance(data, list):
        return [written_out(value) for value in data]
    return data
