"""What an answer that is a page says: where its items are, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from vcsdk.ir.finite import all_fields
from vcsdk.ir.pages import Path, Unclear
from vcsdk.ir.resolving import resolve
from vcsdk.ir.schemas import Schema, Struct
from vcsdk.ir.types import Array, Kind, Map, Scalar, Type

_ADDRESSES = (
    *("nexturl", "nexturi", "nextlink", "nexthref", "odatanextlink"),
    *("nextpageurl", "nextpageuri", "nextpagelink", "nextpagehref"),
)
_URI = frozenset(("uri", "url", "uri-reference", "iri", "iri-reference"))
_ABOUT = frozenset(
    (
        *("page", "paging", "pagination", "paginginfo", "paginationinfo", "pageinfo", "pagemetadata", "pagedetails"),
        *("meta", "metadata", "responsemetadata", "responsemeta", "links", "cursors", "next"),
    )
)
"""Objects in an answer that speak of it."""
_AROUND = frozenset(("data", "result", "response", "payload", "embedded"))
"""Objects that are put around an answer."""
_USUAL = frozenset(("items", "data", "results", "records", "entries", "values", "value", "content", "elements"))
_BESIDE = frozenset(("errors", "warnings", "messages", "links", "included"))
_OF_LISTS = frozenset(
    (
        *("count", "size", "pagesize", "perpage", "limit", "offset", "skip", "pagecount", "facets", "sort"),
        *(
            "first",
            "last",
            "prev",
            "previous",
            "next",
            "self",
            "href",
            "from",
            "to",
            "start",
            "end",
            "cursor",
            "marker",
        ),
        *("kind", "object", "etag", "odatacontext", "odatacount", "incompleteresults", "truncated", "istruncated"),
    )
)
"""What stands beside a list and speaks of it or of its page; a thing that has a list has more."""
_OF_ANSWERS = frozenset(
    (
        *("success", "ok", "status", "statuscode", "code", "error", "message", "apiversion", "version", "jsonapi"),
        *("requestid", "timestamp", "took", "query"),
    )
)
"""What answers say of themselves; things have such properties, too."""
_DEPTH = 3


class Leaf(msgspec.Struct, frozen=True):
    """A property that may speak of pages, and what it is behind names and null."""

    path: Path
    type: Type | Schema

    @property
    def name(self) -> str:
        """Its name without case and signs."""
        return plain(self.path[-1])

    @property
    def shown(self) -> str:
        """The way to it, for people."""
        return f"`{'.'.join(self.path)}`"

    def is_of(self, *kinds: Kind) -> bool:
        """Whether its value is a scalar of one of these kinds."""
        return isinstance(self.type, Scalar) and self.type.kind in kinds

    @property
    def is_address(self) -> bool:
        """Whether its value is the address of the next page, by name and type."""
        if not isinstance(self.type, Scalar) or self.type.kind is not Kind.STRING:
            return False
        above = plain(self.path[-2]) if len(self.path) > 1 else ""
        if self.name in _ADDRESSES or (self.name == "href" and above == "next"):
            return True
        return self.name == "next" and (self.type.format in _URI or above == "links")


def plain(name: str) -> str:
    """A name without case and signs: `page_size`, `pageSize` and `page[size]` are one."""
    return re.sub(r"[^a-z]", "", name.lower())


class PageAnswer:
    """An answer, looked at."""

    def __init__(self, whole: Type, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._whole = resolve(whole, schemas)
        self.leaves = tuple(self._leaves(self._whole, (), _ABOUT | _AROUND))

    @property
    def has_address(self) -> bool:
        """Whether a property of it is the address of the next page, by name and type."""
        return any(leaf.is_address for leaf in self.leaves)

    def only(self, names: Sequence[str], *kinds: Kind) -> Path:
        """The one property of these names and kinds; () where there is none or more than one."""
        found = [leaf.path for leaf in self.leaves if leaf.name in names and leaf.is_of(*kinds)]
        return found[0] if len(found) == 1 else ()

    def items(self) -> tuple[Path, Type | None]:
        """The way to the list of items, and what they are; None where there is no list.  Raises Unclear."""
        if isinstance(self._whole, Array):
            return (), self._whole.items
        for known in (frozenset[str](), _AROUND):
            found = [
                (path, array)
                for path, array in self._arrays(self._whole, (), known)
                if not self._is_beside(path[-1], array)
            ]
            usual = [each for each in found if plain(each[0][-1]) in _USUAL]
            chosen = found if len(found) == 1 else usual
            if len(chosen) == 1:
                return chosen[0][0], chosen[0][1].items
            if found:
                names = " or ".join(f"`{'.'.join(path)}`" for path, _ in found[:3])
                more = " and others" if len(found) > 3 else ""
                raise Unclear(f"the items of its answer may be {names}{more}")
        return (), None

    def is_only_list(self, items: Path, told: Collection[str]) -> bool:
        """Whether nothing but what speaks of a list stands beside the one at the end of a way, on all of the way.

        Args:
            items: The way to the list.
            told: Further names that speak of pages, as `plain` gives them.
        """
        known = {*_OF_LISTS, *_ABOUT, *_BESIDE, *_ADDRESSES, *told}
        known |= _OF_ANSWERS if items and plain(items[-1]) in _USUAL else frozenset()
        for place, name in enumerate(items):
            around = self.at(items[:place])
            beside = all_fields(around, self._schemas) if isinstance(around, Struct) else ()
            if not all(field.wire_name == name or plain(field.wire_name) in known for field in beside):
                return False
        return True

    def at(self, path: Path) -> Type | Schema:
        """What stands at the end of a way.  Raises Unclear where nothing does."""
        current: Type | Schema = self._whole
        for place, name in enumerate(path):
            if isinstance(current, Struct):
                types = {field.wire_name: field.type for field in all_fields(current, self._schemas)}
                inner = types.get(name, current.additional)
            else:
                inner = current.values if isinstance(current, Map) else None
            if inner is None:
                raise Unclear(f"its answer has no `{'.'.join(path[: place + 1])}`")
            current = resolve(inner, self._schemas)
        return current

    def _leaves(self, whole: Type | Schema, path: Path, known: frozenset[str]) -> Iterator[Leaf]:
        if not isinstance(whole, Struct):
            return
        inner = []
        for field in all_fields(whole, self._schemas):
            type_ = resolve(field.type, self._schemas)
            here = (*path, field.wire_name)
            yield Leaf(here, type_)
            if isinstance(type_, Struct) and len(here) < _DEPTH and plain(field.wire_name) in known:
                inner.append((type_, here))
        for type_, here in inner:
            yield from self._leaves(type_, here, _ABOUT)

    def _arrays(self, whole: Type | Schema, path: Path, known: frozenset[str]) -> Iterator[tuple[Path, Array]]:
        if not isinstance(whole, Struct):
            return
        for field in all_fields(whole, self._schemas):
            type_ = resolve(field.type, self._schemas)
            here = (*path, field.wire_name)
            if isinstance(type_, Array):
                yield here, type_
            elif plain(field.wire_name) in known:
                yield from self._arrays(type_, here, frozenset())

    def _is_beside(self, name: str, array: Array) -> bool:
        """Whether a list is of links or of what went wrong: what answers have beside their items."""
        item = resolve(array.items, self._schemas)
        fields = {f.wire_name for f in all_fields(item, self._schemas)} if isinstance(item, Struct) else set()
        return plain(name) in _BESIDE or {"href", "rel"} <= fields
