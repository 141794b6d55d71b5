"""Components that no operation sends or gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vcsdk.diff.changes import Change
from vcsdk.diff.compare.effective import find
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site
from vcsdk.ir import Api, Ref
from vcsdk.ir.usage import Usage
from vcsdk.load import Document
from vcsdk.load.pointer import parent

_COMPONENTS = "#/components/schemas"


@dataclass(frozen=True, slots=True)
class Component:
    """A component of both descriptions, which only callbacks use, or nothing at all."""

    key: str
    name: str
    called_back: bool

    def changes(self, schemas: SchemaComparison, direction: Direction) -> Iterator[Change]:
        """What differs in its types, for values that travel this way; of other components in it, that is theirs."""
        old, new = schemas.old[self.key], schemas.new[self.key]
        site = Site(schema=self.name, holder=self.name, direction=direction, old=old.origin, new=new.origin)
        found = schemas.changes(site, Ref(self.key), Ref(self.key))
        yield from (change for change in found if change.site.holder == self.name)

    def texts(self, schemas: SchemaComparison, texts: TextComparison) -> Iterator[Change]:
        """What differs in words that no type holds."""
        old, new = schemas.old[self.key], schemas.new[self.key]
        site = Site(schema=self.name, holder=self.name, direction=Direction.RESPONSE, old=old.origin, new=new.origin)
        yield from texts.unused(site, self.key)


def unused(old: Api, new: Api, documents: tuple[Document, Document]) -> list[Component]:
    """The components of both that no operation of either uses, in the order of the new description."""
    used = {key for api in (old, new) for key in (*Usage(api).requests, *Usage(api).answers)}
    called = {key for document in documents for key in _called_back(document)}
    return [
        Component(key, schema.wire_name, key in called)
        for key, schema in new.schemas.items()
        if parent(key) == _COMPONENTS and key not in used and key in old.schemas
    ]


def _called_back(document: Document) -> set[str]:
    """The keys of the components that callbacks of a description lead to."""
    found: set[str] = set()
    rest: list[Any] = [
        operation.get("callbacks")
        for item in (document.data.get("paths") or {}).values()
        if isinstance(item, dict)
        for operation in item.values()
        if isinstance(operation, dict)
    ]
    while rest:
        node = rest.pop()
        if isinstance(node, list):
            rest += node
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                rest.append(find(document, reference)[0])
            rest += (value for value in node.values() if isinstance(value, dict | list))
    return found
