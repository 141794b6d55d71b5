"""Each `$dynamicRef` becomes the `$ref` that it is where it is reached (JSON Schema 2020-12, core, 8.2.3.2).

What it leads to depends on the way to it: of all schemas with an `$id` on the way, the first that has the
`$dynamicAnchor` says so.  A schema that is reached in several ways is therefore written once for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.identified import Identified
from vcsdk.load.limits import written_out
from vcsdk.load.pointer import as_reference, exists, find, from_fragment, join, last, parent, split

__all__ = ["resolve_dynamic"]

_SCHEMAS = "/components/schemas"
_VALUES = frozenset(("enum", "const", "default", "example", "examples"))
_NAMES = frozenset(("$dynamicAnchor", "$anchor", "$comment", "description", "title"))
_MOST = 2000
"""Copies of one document, which two lists that need each other could ask for without end."""

Scope = Mapping[str, str]
"""The place that each dynamic anchor stands for on some way."""


def resolve_dynamic(document: Document, found: Identified) -> None:
    """Put `$ref` in the place of each `$dynamicRef`; one that names no anchor stays, for a check to name."""
    steps = _Dynamic(document, found)
    if steps.settle_plain():
        steps.settle_others()


class _Dynamic:
    def __init__(self, document: Document, found: Identified) -> None:
        self._document = document
        self._data = document.data
        self._found = found
        self._asked: dict[str, str] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._homes: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._written: Any = None

    def settle_plain(self) -> bool:
        """Replace those that can lead to one place only; True where there are others."""
        for pointer, schema in self._found.index.nodes["schema"]:
            reference = schema.get("$dynamicRef")
            if not isinstance(reference, str):
                continue
            place = self._found.place(reference, pointer)
            name = reference.partition("#")[2]
            known = self._found.dynamic.get(name, {})
            if place is not None and (place not in known.values() or len(known) == 1):
                self._refer(schema, place, pointer)
            elif known:
                # One that names no anchor by itself is only reached by those who have it.
                self._asked[pointer] = name
        return bool(self._asked)

    def settle_others(self) -> None:
        """Write what is reached in several ways once for each, and replace those that are left."""
        # Copies are made of what was written: what stands in its place by then has been decided for one way only.
        self._written = written_out(self._data)
        for reference in [*self._found.index.references]:
            target = self._target(reference.node)
            if reference.kind != "schema" or target is None or not self._names_below(target):
                continue
            scope = self._entered(target, self._scope(reference.pointer))
            if scope != self._entered(target, {}):
                self._specialise(reference.node, reference.pointer, target, scope)
        for pointer, name in self._asked.items():
            if name in (scope := self._scope(pointer)):
                self._refer(find(self._data, pointer), self._behind(scope[name]), pointer)

    def _scope(self, pointer: str) -> Scope:
        """What a node's own schema makes of dynamic anchors."""
        return self._entered(pointer, {})

    def _entered(self, pointer: str, scope: Scope) -> Scope:
        """The scope of one on whose way a node is: what was met first stays."""
        at = self._found.scope(pointer)
        own = {name: places[at] for name, places in self._found.dynamic.items() if at in places}
        return {**own, **scope}

    def _behind(self, place: str) -> str:
        """What a place is that is nothing but a reference to another."""
        for _ in range(_MOST):
            node = find(self._written, place)
            target = self._target(node) if {key for key in node if key not in _NAMES} == {"$ref"} else None
            if target is None:
                break
            place = target
        return place

    def _specialise(self, node: dict[str, Any], pointer: str, target: str, scope: Scope) -> None:
        """Let a reference lead to what it names as it is in that scope.

        A component that is hardly more than the reference is the place of it.
        """
        if parent(pointer) == _SCHEMAS and "allOf" not in node and self._key(target, scope) not in self._homes:
            self._homes[self._key(target, scope)] = pointer
            del node["$ref"]
            node["allOf"] = [self._copy(target, scope)]
            self._document.added(f"{pointer}/allOf/0", self._document.origin(target))
        else:
            meant = [place for place in map(self._behind, scope.values()) if parent(place) == _SCHEMAS]
            of = meant[0] if len(meant) == 1 else self._found.scope(pointer)
            node["$ref"] = as_reference(self._home(target, scope, last(of)))

    def _key(self, target: str, scope: Scope) -> tuple[str, tuple[tuple[str, str], ...]]:
        names = self._names_below(target)
        return target, tuple(sorted((name, place) for name, place in scope.items() if name in names))

    def _home(self, target: str, scope: Scope, of: str) -> str:
        """The component that a schema is in a scope, made when it is first needed; `of` tells it from others."""
        key = self._key(target, scope)
        if key not in self._homes:
            if len(self._homes) >= _MOST:
                return target
            schemas = self._data.setdefault("components", {}).setdefault("schemas", {})
            wanted, number = f"{last(target)}_{of}", 1
            while wanted in schemas:
                number += 1
                wanted = f"{last(target)}_{of}_{number}"
            self._homes[key] = join(_SCHEMAS, wanted)
            schemas[wanted] = {}
            schemas[wanted] = self._copy(target, scope)
            self._document.added(self._homes[key], self._document.origin(target))
        return self._homes[key]

    def _copy(self, target: str, scope: Scope) -> dict[str, Any]:
        copied: dict[str, Any] = written_out(find(self._written, target))
        for word in ("$id", "$anchor", "$dynamicAnchor", "$defs"):
            copied.pop(word, None)
        for pointer, node in _nodes(copied, target):
            if pointer in self._asked:
                if (place := {**self._scope(pointer), **scope}.get(self._asked[pointer])) is not None:
                    self._refer(node, self._behind(place), pointer)
                continue
            inner = self._target(node)
            if inner is not None and self._names_below(inner):
                node["$ref"] = as_reference(self._home(inner, self._entered(inner, scope), last(target)))
        return copied

    def _names_below(self, pointer: str) -> frozenset[str]:
        """The dynamic anchors that are asked for in a schema and in all that it refers to."""
        if pointer not in self._reached:
            seen, pending, names = {pointer}, [pointer], set()
            while pending:
                for place, node in _nodes(find(self._written, pending[-1]), pending.pop()):
                    if place in self._asked:
                        names.add(self._asked[place])
                    target = self._target(node)
                    if target is not None and target not in seen:
                        seen.add(target)
                        pending.append(target)
            self._reached[pointer] = frozenset(names)
        return self._reached[pointer]

    def _target(self, node: dict[str, Any]) -> str | None:
        """The pointer that a node was written to refer to; None where that is nothing of the document."""
        reference = node.get("$ref")
        if not isinstance(reference, str):
            return None
        pointer = from_fragment(reference[1:])
        return pointer if reference.startswith("#") and exists(self._written, pointer) else None

    def _refer(self, schema: dict[str, Any], place: str, pointer: str) -> None:
        if schema.pop("$dynamicRef", None) is None:
            return  # one node of YAML in several places
        written = {"$ref": as_reference(place)}
        if "$ref" in schema:
            schema["allOf"] = [*schema.get("allOf", ()), written]
        else:
            schema.update(written)
            self._document.added(f"{pointer}/$ref", self._document.origin(f"{pointer}/$dynamicRef"))


def _nodes(node: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What may be a schema in a schema, with its place; values and the properties' own names are none."""
    pending = [(pointer, node)]
    while pending:
        place, current = pending.pop()
        if isinstance(current, dict):
            yield place, current
            named = bool(split(place)) and last(place) == "properties" and place != pointer
            pending += [(join(place, key), item) for key, item in current.items() if named or key not in _VALUES]
        elif isinstance(current, list):
            pending += [(join(place, position), item) for position, item in enumerate(current)]
