"""Components that no operation sends or gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vcsdk.diff.changes import Change
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site
from vcsdk.ir import Api, Ref
from vcsdk.ir.usage import Usage
from vcsdk.load.pointer import parent

_COMPONENTS = "#/components/schemas"


@dataclass(frozen=True, slots=True)
class Component:
    """A component of both descriptions that nothing uses."""

    key: str
    name: str

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


def unused(old: Api, new: Api, calls: SchemaComparison) -> list[Component]:
    """The components of both that no operation of either uses, in the order of the new description.

    `calls` has compared the schemas of what the servers ask for: what stood side by side there is told there.
    """
    used = {key for api in (old, new) for key in (*Usage(api).requests, *Usage(api).answers)}
    called = calls.kin()
    return [
        Component(key, schema.wire_name)
        for key, schema in new.schemas.items()
        if parent(key) == _COMPONENTS and key not in used and key in old.schemas and (key, key) not in called
    ]
