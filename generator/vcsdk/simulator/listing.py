"""Where the members of a collection stand in an answer that lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vcsdk.copied.suite.lives import at, put
from vcsdk.ir.enveloping import Place
from vcsdk.ir.identifying import identifying
from vcsdk.ir.vapi import is_list_of_pairs
from vcsdk.simulator.kinds import Collection
from vcsdk.simulator.properties import as_text, is_scalar

# The names of the list in an answer that has several, as APIs use them.
_LISTS = ("items", "results", "data", "value", "resources", "elements", "content", "entries")

Flatten = Callable[[Any], dict[str, Any]]
Row = tuple[str | None, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of members, a map of them by identifier, or one of vAPI's older form: a list of `{"key", "value"}`.

    `member` is the schema of each, `key` that of an identifier in the older form; `inside` names the properties of a
    page that lead to the list, from outside, and `most` is its `maxItems`.
    """

    member: Any
    parameter: str
    by_identifier: bool = False
    key: Any = None
    inside: Place = ()
    most: int | None = None

    def rows(self, answer: Any) -> list[Row]:
        """The members in an answer, with their identifiers where they are told."""
        found = at(answer, self.inside)
        if self.by_identifier:
            return list(found.items()) if isinstance(found, dict) else []
        rows = found if isinstance(found, list) else []
        if self.key is not None:
            return [(as_text(row["key"]), row["value"]) for row in rows if isinstance(row, dict) and "value" in row]
        return [(self._identifier(row), row) for row in rows]

    def _identifier(self, row: Any) -> str | None:
        name = identifying(self.parameter, row) if isinstance(row, dict) else None
        told = row[name] if name is not None else row
        return as_text(told) if isinstance(told, str | int) else None

    def answer(self, rows: list[Row], like: Any) -> Any:
        """An answer with these members, the rest of a page being `like` another answer."""
        filled: Any = dict(rows)
        if not self.by_identifier:
            filled = [{"key": key, "value": value} if self.key is not None else value for key, value in rows][
                : self.most
            ]
        return put(like, self.inside, filled)


def listing_of(schema: Any, flatten: Flatten, collection: Collection) -> Listing | None:
    """The place of the collection's members in an answer of this schema; None where it has none."""
    flat = flatten(schema)
    if "items" in flat:
        return _listed(flat, flatten, collection, ())
    properties = flat.get("properties", {})
    if not properties and isinstance(flat.get("additionalProperties"), dict):
        return Listing(flat["additionalProperties"], collection.parameter, by_identifier=True)
    return _within(properties, flatten, collection) or _one_deeper(properties, flatten, collection)


def _one_deeper(properties: Mapping[str, Any], flatten: Flatten, collection: Collection) -> Listing | None:
    """The list in the one object that has one of things that are identified: `{"_embedded": {"orders": […]}}`."""
    inner = {name: flatten(node).get("properties", {}) for name, node in properties.items()}
    found = [(name, each) for name, part in inner.items() if (each := _within(part, flatten, collection)) is not None]
    known = [(name, each) for name, each in found if _identified(flatten(each.member), collection)]
    if len(known) != 1:
        return None
    ((name, listing),) = known
    return replace(listing, inside=(name, *listing.inside))


def _within(properties: Mapping[str, Any], flatten: Flatten, collection: Collection) -> Listing | None:
    lists = {name: one for name, node in properties.items() if "items" in (one := flatten(node))}
    name = next((name for name in lists if len(lists) == 1 or name.lower() in _LISTS), None)
    if name is None:
        # Beside the members stand links, errors, columns: things that nothing identifies.
        known = [name for name, one in lists.items() if _identified(flatten(one["items"]), collection)]
        name = known[0] if len(known) == 1 else None
    return _listed(lists[name], flatten, collection, (name,)) if name is not None else None


def _listed(flat: Mapping[str, Any], flatten: Flatten, collection: Collection, inside: Place) -> Listing | None:
    entry = flatten(flat["items"])
    names = entry.get("properties", {})
    if is_list_of_pairs(flat):
        return Listing(names["value"], collection.parameter, key=names["key"], inside=inside)
    # What belongs to a member (its files) is listed below it, but is none of the collection's own.
    if not collection.grows and not is_scalar(entry) and not _identified(entry, collection):
        return None
    return Listing(flat["items"], collection.parameter, inside=inside, most=flat.get("maxItems"))


def _identified(entry: Mapping[str, Any], collection: Collection) -> bool:
    return identifying(collection.parameter, entry.get("properties", {})) is not None
