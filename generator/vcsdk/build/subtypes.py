"""Which components stand for a family: a base with a `discriminator`, and the schemas that inherit from it by `allOf`.

OpenAPI 3.0.3 "Discriminator Object": a value of a schema with a discriminator is one of the schemas that the property
names, by the mapping or else by the schema's own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vcsdk.build.compose import unwrapped
from vcsdk.load import Document
from vcsdk.load.pointer import escape, last

_COMPONENTS = "/components/schemas/"


class Families:
    """The families among the component schemas of a document, found when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._children: dict[str, list[str]] = {}
        self._parents: dict[str, list[str]] = {}
        above = {name: self._above(schema) for name, schema in self._schemas().items()}
        for name, parents in above.items():
            for parent in parents:
                # Schemas that hold each other are the same values: neither inherits from the other.
                if name not in _reached(parent, above):
                    self._children.setdefault(parent, []).append(name)
                    self._parents.setdefault(name, []).append(parent)

    def property_of(self, name: str) -> str | None:
        """The discriminator property of a component that has subtypes; None for any other.

        A schema below the one with the discriminator has a family of its own where others inherit from it.
        """
        if name not in self._children:
            return None
        schema = self._schemas()[name]
        if "oneOf" in schema or "anyOf" in schema:
            return None
        found = self._discriminator(name)
        return None if found is None else str(found[1]["propertyName"])

    def members(self, name: str) -> list[tuple[str, str]]:
        """Pairs of discriminator value and component: the subtypes, and the component itself where a value names it.

        A base whose mapping leaves it out is abstract: only its subtypes occur.
        """
        found = self._discriminator(name)
        if found is None:
            return []
        owner, discriminator = found
        mapping = discriminator.get("mapping") or {}
        named = [(str(value), target) for value, to in mapping.items() if (target := self._target(str(to))) is not None]
        family = {name, *self._below(name)}
        pairs = [(value, target) for value, target in named if owner == name or target in family]
        mapped = {target for _, target in named}
        if not mapping:
            pairs.append((name, name))
        return pairs + [(child, child) for child in self._below(name) if child not in mapped]

    def told_apart(self, names: Sequence[str]) -> dict[str, Any] | None:
        """The discriminator of components that all inherit it from one base; None where there is no such base."""
        found = [self._discriminator(name) if name in self._parents else None for name in names]
        owners = {each[0] for each in found if each is not None}
        return found[0][1] if found and None not in found and len(owners) == 1 and found[0] is not None else None

    def _above(self, schema: Any) -> list[str]:
        """The components that a schema holds by its `allOf`."""
        parts = schema.get("allOf", ()) if isinstance(schema, dict) else ()
        return [parent for part in parts if (parent := self._component(unwrapped((part, ""))[0])) is not None]

    def _schemas(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document.data.get("components", {}).get("schemas", {})
        return found

    def _discriminator(self, name: str) -> tuple[str, dict[str, Any]] | None:
        """The nearest discriminator at or above a component, and the component that has it."""
        seen, rest = {name}, [name]
        while rest:
            current = rest.pop(0)
            node = self._schemas()[current].get("discriminator")
            if isinstance(node, dict) and "propertyName" in node:
                return current, node
            above = [parent for parent in self._parents.get(current, ()) if parent not in seen]
            seen.update(above)
            rest += above
        return None

    def _below(self, name: str) -> Iterator[str]:
        seen, rest = {name}, list(self._children.get(name, ()))
        while rest:
            child = rest.pop(0)
            if child not in seen:
                seen.add(child)
                yield child
                rest += self._children.get(child, ())

    def _component(self, part: Any) -> str | None:
        return self._target(str(part["$ref"])) if isinstance(part, dict) and "$ref" in part else None

    def _target(self, reference: str) -> str | None:
        """The component that a reference or a bare name leads to."""
        if not reference.startswith("#"):
            return reference if reference in self._schemas() else None
        try:
            pointer, node = self.document.resolve(reference)
        except KeyError:
            return None
        named = pointer.startswith(_COMPONENTS) and pointer.count("/") == _COMPONENTS.count("/")
        return last(pointer) if named and isinstance(node, dict) else None


def _reached(name: str, above: dict[str, list[str]]) -> set[str]:
    """A component and all that it holds, through however many others."""
    seen, rest = {name}, [name]
    while rest:
        more = [parent for parent in above.get(rest.pop(), ()) if parent not in seen]
        seen.update(more)
        rest += more
    return seen


def component(name: str) -> str:
    """The pointer of a component schema."""
    return _COMPONENTS + escape(name)
