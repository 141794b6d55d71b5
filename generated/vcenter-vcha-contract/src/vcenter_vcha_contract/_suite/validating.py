"""Validates values by the schemas of a description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from .effort import Effort, few_forks, forks
from .schemas import View, component, node_at


class Validating:
    """Makes validators by the schemas of one description, as one who sends sees them, or one who is answered.

    Components are written as JSON Schema once, and counted once.
    """

    def __init__(self, document: Mapping[str, Any], *, closed: bool, draft4: bool, request: bool = False) -> None:
        self._leads = Leads(document)
        self._draft4 = draft4
        self._view = View(self._leads.components, closed, draft4, "readOnly" if request else "writeOnly")
        self._schemas: dict[str, Any] = {}
        self._parts: dict[str, Any] = {}
        self._forks: dict[str, int] = {}
        self._uncounted: dict[str, list[Any]] = {}
        self._effort = Effort({"components": {"schemas": self._schemas, "parts": self._parts}})

    def validator(self, schema: Any) -> jsonschema_rs.Validator | None:
        """What judges values by a schema; None where it would judge one value more than `effort.MOST` times.

        Raises:
            jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError: It is not a schema.
        """
        names, others = self._leads.of(schema)
        whole = self._whole(schema, names, others)
        if others or not few_forks((forks(whole["allOf"]), *(self._forks[name] for name in names))):
            # What stands elsewhere may stand there with more in the document of another schema.
            effort = Effort(whole) if others else self._counting(names)
            if not effort.is_bounded(whole):
                return None
        make = jsonschema_rs.Draft4Validator if self._draft4 else jsonschema_rs.Draft202012Validator
        return make(whole, validate_formats=True)

    def whole(self, schema: Any) -> dict[str, Any]:
        """A document to validate with: the schema, and what of the description it leads to.

        Components are there in the forms in which they are referred to; the others are left out: a validator holds the
        whole document, and whole vCenter has thousands of them.  A schema that stands elsewhere (`#/paths/…`) stands
        there here, too.
        """
        return self._whole(schema, *self._leads.of(schema))

    def _whole(self, schema: Any, names: Iterable[str], others: Mapping[str, Any]) -> dict[str, Any]:
        written = self._view.written(schema)
        standing = {reference: self._view.written(node) for reference, node in others.items()}
        self._write(names)
        whole: dict[str, Any] = {
            "allOf": [written],
            "components": {
                "schemas": {name: self._schemas[name] for name in names},
                "parts": {name: self._parts[name] for name in names if name in self._parts},
            },
        }
        for reference, node in standing.items():
            *above, last = _steps(reference)
            holder = whole
            for step in above:
                holder = holder.setdefault(step, {})
            holder[last] = {**node, **holder.get(last, {})} if isinstance(node, dict) else node
        return whole

    def _write(self, names: Iterable[str]) -> None:
        """Write these components, and as parts those that are referred to so; they may lead to further parts."""
        for name in names:
            if name not in self._schemas:
                self._schemas[name] = self._view.written(self._leads.components[name])
                self._count(name, self._schemas[name])
        while asked := self._schemas.keys() & (self._view.parts - self._parts.keys()):
            for name in asked:
                self._parts[name] = self._view.written(self._leads.components[name], part=True)
                self._count(name, self._parts[name])

    def _count(self, name: str, written: Any) -> None:
        self._forks[name] = self._forks.get(name, 1) * forks(written)
        self._uncounted.setdefault(name, []).append(written)

    def _counting(self, names: Iterable[str]) -> Effort:
        for name in names:
            for written in self._uncounted.pop(name, ()):
                self._effort.own(written)
        return self._effort


class Leads:
    """What the schemas of a document refer to."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.components: dict[str, Any] = document.get("components", {}).get("schemas", {})
        self._document = document
        self._known: dict[str, list[str]] = {}

    def of(self, schema: Any) -> tuple[list[str], dict[str, Any]]:
        """The names of the components that a schema leads to, also over others, in a fixed order.

        Beside them, by their references, the schemas that stand elsewhere and are referred to there.
        """
        names: dict[str, None] = {}
        others: dict[str, Any] = {}
        waiting: list[Iterable[str]] = [_references(schema)]
        met = set[str]()
        while waiting:
            for reference in waiting.pop():
                if reference in met:
                    continue
                met.add(reference)
                name = component(reference)
                if name in self.components:
                    if name not in names:
                        names[name] = None
                        waiting.append(self._from(name))
                elif not name and reference.startswith("#/"):
                    try:
                        others[reference] = node_at(self._document, reference)
                    except (KeyError, IndexError, ValueError, TypeError):
                        continue  # what leads nowhere is told by who reads it
                    waiting.append(_references(others[reference]))
        return list(names), others

    def _from(self, name: str) -> list[str]:
        if name not in self._known:
            self._known[name] = list(_references(self.components[name]))
        return self._known[name]


def _steps(reference: str) -> list[str]:
    """The keys on the way to what a reference leads to."""
    return [unquote(step).replace("~1", "/").replace("~0", "~") for step in reference.removeprefix("#").split("/")[1:]]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
