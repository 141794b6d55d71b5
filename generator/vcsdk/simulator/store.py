"""What there is: the members of all collections, those that a description begins with and those that were made."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vcsdk.simulator.kinds import Collection, Kinds

LARGEST_KIND = 1000
"""How many resources of a kind are kept; beyond it, the one that was made first goes."""
_MOST_PARENTS = 16


@dataclass(slots=True, eq=False)
class Item:
    """A member of a collection.

    `parents` are the identifiers of its ancestors by kind.  `value` is what a client said of it; a `described` one
    has, besides, everything that the description generates.  `states` are what actions brought, by enumeration.
    """

    identifier: str
    collection: Collection
    parents: Mapping[str, str]
    value: dict[str, Any] = field(default_factory=dict)
    described: bool = False
    states: dict[str, str] = field(default_factory=dict)


class StoreSeams:
    """Where a fault can intervene in what there is; each seam proceeds here.  `store` is what has it all."""

    def keep(self, store: Store, item: Item, proceed: Callable[[], None]) -> None:
        """The moment a new item is kept."""
        proceed()

    def change(self, store: Store, item: Item, value: dict[str, Any], proceed: Callable[[], None]) -> None:
        """The moment an item gets another value."""
        proceed()

    def remove(self, store: Store, item: Item, proceed: Callable[[], None]) -> None:
        """The moment an item goes."""
        proceed()

    def set(self, proceed: Callable[[], None]) -> None:
        """The moment something is set that has no identifier."""
        proceed()

    def shown(self, store: Store, item: Item, proceed: Callable[[], Item]) -> Item:
        """Which item a reading shows."""
        return proceed()

    def listed(self, items: list[Item], proceed: Callable[[], list[Item]]) -> list[Item]:
        """Which items a list has."""
        return proceed()


class Store:
    """The members of each kind.  Each collection begins with those that `documented` names, made when first needed.

    Args:
        kinds: The collections.
        documented: The identifiers that the description itself shows for a collection, at least one.
    """

    def __init__(self, kinds: Kinds, documented: Callable[[Collection], list[str]]) -> None:
        self._kinds = kinds
        self._documented = documented
        self._items: dict[str, list[Item]] = {}
        self._made = 0

    def clear(self) -> None:
        """Back to what the description begins with."""
        self._items.clear()
        self._made = 0

    def find(self, collection: Collection, identifier: str, context: Mapping[str, str]) -> Item | None:
        """The member with this identifier below the ancestors in `context` (by kind); None if there is none."""
        return next((item for item in self.members(collection, context) if item.identifier == identifier), None)

    def is_there(self, collection: Collection, identifier: str, context: Mapping[str, str]) -> bool:
        """Whether there is such a member; what nothing lists, shows or makes is there as long as anything is below."""
        if self.find(collection, identifier, context) is not None:
            return True
        known = collection.grows or collection.listed_by or collection.shown_by or collection.written_by
        below = (item for items in self._items.values() for item in items)
        return not known and any(item.parents.get(collection.kind) == identifier for item in below)

    def members(self, collection: Collection, context: Mapping[str, str]) -> list[Item]:
        """The members below the ancestors in `context`, in the order in which they were made, each once."""
        found: dict[str, Item] = {}
        for item in self._of(collection.kind):
            if (item.collection is collection or not collection.grows) and _below(item, context):
                found.setdefault(item.identifier, item)
        return list(found.values())

    def add(self, item: Item) -> None:
        """Keep an item, in place of one with the same identifier and parents."""
        kind = item.collection.kind
        there = self._of(kind)
        same = [
            other
            for other in there
            if (other.identifier, other.collection) == (item.identifier, item.collection)
            and _below(other, item.parents)
        ]
        there[:] = [other for other in there if other not in same]
        there.append(item)
        if len(there) > LARGEST_KIND:
            self.remove(next((other for other in there if not other.described), there[0]))

    def remove(self, item: Item) -> None:
        """Forget an item, and everything below it."""
        kind = item.collection.kind
        there = self._of(kind)
        context = {**item.parents, kind: item.identifier}
        for collection in self._kinds.collections.values():
            # What was not needed so far stands below it too.
            if any(self._kinds.collections[key].kind == kind for key in collection.parents):
                self._of(collection.kind)
        there[:] = [other for other in there if other.identifier != item.identifier or not _below(other, item.parents)]
        for items in self._items.values():
            items[:] = [other for other in items if kind not in other.parents or not _below(other, context)]

    def number(self) -> int:
        """A number that no item was given yet."""
        self._made += 1
        return self._made

    def _of(self, kind: str) -> list[Item]:
        if (there := self._items.get(kind)) is None:
            there = self._items[kind] = []
            for collection in self._kinds.of_kind[kind]:
                there.extend(self._beginning(collection))
        return there

    def _beginning(self, collection: Collection) -> Iterator[Item]:
        ancestors = [self._kinds.collections[key] for key in collection.parents]
        names = [self._documented(ancestor) for ancestor in ancestors]
        for chosen in itertools.islice(itertools.product(*names), _MOST_PARENTS):
            parents = {a.kind: name for a, name in zip(ancestors, chosen, strict=True) if a.kind != collection.kind}
            for identifier in self._documented(collection):
                yield Item(identifier, collection, parents, described=True)


def _below(item: Item, context: Mapping[str, str]) -> bool:
    """True if no ancestor that both name differs."""
    return all(context.get(kind, identifier) == identifier for kind, identifier in item.parents.items())
