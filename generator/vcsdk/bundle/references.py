"""Keeps references into path items true where a view moves or leaves out path items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from vcsdk.load.pointer import as_reference, find, from_fragment, join, split

Place = tuple[str, ...]
"""Tokens of a pointer below `/paths`: a path key, or a path key and those that lead to an operation."""

_LIMIT = 20
"""Longest chain of references that is followed out of a path item; longer ones are cycles."""


def relocate(view: dict[str, Any], data: Mapping[str, Any], places: Mapping[Place, Place | None]) -> dict[str, Any]:
    """The view with every reference into `paths` leading to where its target now stands.

    Args:
        view: The document of the view.
        data: The document the view was made from, in which the references are still true.
        places: Where a path item or operation went; None where the view does not have it.  What is not named
            stands where it stood.

    A `$ref` to something the view does not have is replaced by a copy of it; a link (`operationRef`) to an operation
    that the view does not have is left out, because it can lead nowhere.
    """
    if not places or not _refers(view):
        return view
    moved: dict[str, Any] = _Relocation(data, places).of(view, 0)
    return moved


class _Relocation:
    def __init__(self, data: Mapping[str, Any], places: Mapping[Place, Place | None]) -> None:
        self._data = data
        self._places = places

    def of(self, node: Any, depth: int) -> Any:
        if isinstance(node, list):
            return [self.of(item, depth) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if _is_into_paths(reference):
            target = self._target(reference)
            if target is not None:
                return {**node, "$ref": target}
            if depth < _LIMIT:
                return self.of(find(self._data, from_fragment(reference[1:])), depth + 1)
            return node
        return {key: self._value(key, value, depth) for key, value in node.items()}

    def _value(self, key: str, value: Any, depth: int) -> Any:
        if key == "links" and isinstance(value, dict):
            value = {name: self._link(link) for name, link in value.items()}
            value = {name: link for name, link in value.items() if link is not None}
        return self.of(value, depth)

    def _link(self, link: Any) -> Any:
        reference = link.get("operationRef") if isinstance(link, dict) else None
        if not _is_into_paths(reference):
            return link
        target = self._target(reference)
        return None if target is None else {**link, "operationRef": target}

    def _target(self, reference: str) -> str | None:
        """The reference as it must read in the view; None where its target is not in it."""
        tokens = split(from_fragment(reference[1:]))[1:]
        for length in (3, 2, 1):
            place = tuple(tokens[:length])
            if place in self._places:
                new = self._places[place]
                return None if new is None else as_reference(join("/paths", *new, *tokens[length:]))
        return reference


def _is_into_paths(reference: Any) -> TypeGuard[str]:
    return isinstance(reference, str) and reference.startswith("#/paths/")


def _refers(node: Any) -> bool:
    """Whether anything below refers into `paths`; in most descriptions nothing does, and the copy is saved."""
    if isinstance(node, list):
        return any(_refers(item) for item in node)
    if not isinstance(node, dict):
        return False
    if _is_into_paths(node.get("$ref")) or _is_into_paths(node.get("operationRef")):
        return True
    return any(_refers(value) for value in node.values() if isinstance(value, (dict, list)))
