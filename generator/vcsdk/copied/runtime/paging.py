"""What leads from one page of a list to the next: facts of an operation, and the request that follows an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
import msgspec
from msgspec.structs import replace

from .errors import PagingError
from .facts import ApiFacts
from .link_header import target_of
from .operation import Paging
from .request import Prepared
from .serialize import escape, query_pairs
from .target import Bases, joined, origin_of


class Fetched(msgspec.Struct, frozen=True, eq=False):
    """The request that a page answers, and what led on from it beside the page itself.

    `place` is the number, offset or cursor that was asked for, `size` how many items; None where the server chose.
    `links` are the values of the answer's headers `Link`.
    """

    prepared: Prepared
    place: Any = None
    size: Any = None
    links: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Fetched {self.prepared.operation.name}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("operation", self.prepared.operation.name)]  # the rest may hold credentials


def items_of(paging: Paging, value: Any) -> list[Any]:
    """The items of a page; none where it has no list."""
    found = _at(value, paging.items)
    return found if isinstance(found, list) else []


class Walk:
    """One way through the pages of a list, which begins at any of them and does not come by the same place twice."""

    def __init__(self, facts: ApiFacts, bases: Bases, paging: Paging, first: Fetched, value: Any) -> None:
        self._facts = facts
        self._bases = bases
        self._paging = paging
        self._operation = first.prepared.operation
        self._start = first
        self._size = len(items_of(paging, value))
        self._items = 0
        self._shift: Any = None
        self._seen: set[str] = set()

    def after(self, page: Fetched, value: Any) -> Fetched | None:
        """What is asked for behind a page; None where it is the last.

        Raises PagingError for what leads nowhere: a cursor or a link that came before, a link to somebody else.
        """
        paging = self._paging
        here = items_of(paging, value)
        self._items += len(here)
        more = _at(value, paging.more) if paging.more else None
        if more is False or (paging.last and _at(value, paging.last) is True):
            return None
        if paging.kind == "page":
            return self._numbered(page, value, here, more=more is True)
        if paging.kind == "offset":
            return self._shifted(page, value, here)
        if paging.kind == "cursor":
            cursor = _at(value, paging.next)
            if isinstance(cursor, bool) or not cursor:
                return None
            if page.place is not None:
                self._seen.add(self._written(page.place))
            self._once(self._written(cursor), f"the cursor in `{'.'.join(paging.next)}`")
            return self._asking(page, cursor)
        return self._led(page, target_of(page.links, "next") if paging.kind == "link" else _at(value, paging.next))

    def _numbered(self, page: Fetched, value: Any, here: list[Any], *, more: bool) -> Fetched | None:
        paging = self._paging
        if (not here and not more) or self._is_short(here):
            return None
        told = _at(value, paging.number) if paging.number else None
        number: Any = next((each for each in (page.place, paging.first, told) if each is not None), None)
        if not _is_number(number):
            raise self._problem(f"nothing says which page was answered: give `{paging.parameter}`")
        if _is_number(told):
            # Servers count from another number than the query now and then, but all the way.
            self._shift = told - number if self._shift is None else self._shift
            if told - number != self._shift:
                raise self._problem(f"page {number + self._shift} was asked for, and page {told} answered")
        if paging.first is not None:
            start = self._start.place if self._start.place is not None else paging.first
            skipped = (start - paging.first) * self._size
            through = paging.pages and _reached(_at(value, paging.pages), number - paging.first + 1)
            if through or (here and paging.total and _reached(_at(value, paging.total), skipped + self._items)):
                return None
        return self._asking(page, number + 1)

    def _shifted(self, page: Fetched, value: Any, here: list[Any]) -> Fetched | None:
        paging = self._paging
        first = paging.first or 0
        offset = first if page.place is None else page.place
        if not here or self._is_short(here):
            return None
        if paging.total and _reached(_at(value, paging.total), offset - first + len(here)):
            return None
        return self._asking(page, offset + len(here))

    def _is_short(self, here: list[Any]) -> bool:
        size: Any = self._paging.full if self._start.size is None else self._start.size
        return self._paging.short and _is_number(size) and len(here) < size

    def _written(self, place: Any) -> str:
        pairs = query_pairs(self._operation.by_name[self._paging.parameter], place)
        return "&".join(f"{key}={value}" for key, value in pairs)

    def _asking(self, page: Fetched, place: Any) -> Fetched:
        """The same request with another place in its query."""
        if isinstance(place, float) and place.is_integer():
            place = int(place)
        written = self._written(place)
        keys = {each.partition("=")[0] for each in written.split("&")}
        path, _, query = page.prepared.path.partition("?")
        kept = [each for each in query.split("&") if each and each.partition("=")[0] not in keys]
        prepared = replace(page.prepared, path=f"{path}?{'&'.join([*kept, written])}")
        return Fetched(prepared, place, page.size)

    def _led(self, page: Fetched, target: Any) -> Fetched | None:
        if not isinstance(target, str) or not target:
            return None
        here = httpx2.URL((page.prepared.base or self._bases.of(self._operation)) + page.prepared.path)
        url = joined(here, target)
        if url is None:
            raise self._problem("the link to the next page is no address")
        # To its own server alone: what authenticates goes with the request.
        if origin_of(url) != origin_of(here):
            port = f":{url.port}" if url.port is not None else ""
            where = f"{url.scheme}://{url.host}{port}" if url.host else f"`{url.scheme}:`"
            raise self._problem(f"the next page is said to be at {where}, and this one is not from there")
        if url.userinfo:
            raise self._problem("the link to the next page has a user in it")
        path = self._without_credentials(url)
        self._seen.add(self._without_credentials(here))
        self._once(path, "the link to the next page")
        origin = f"{here.scheme}://{here.netloc.decode('ascii')}"
        return Fetched(replace(page.prepared, path=path, base=origin), None, page.size)

    def _without_credentials(self, url: httpx2.URL) -> str:
        """Path and query; a key that a server repeats in its link is sent once, by who has it."""
        secret = {escape(each.wire_name) for each in self._facts.security.values() if each.kind == "query"}
        path, _, query = url.raw_path.decode("ascii").partition("?")
        kept = [each for each in query.split("&") if each and each.partition("=")[0] not in secret]
        return f"{path}?{'&'.join(kept)}" if kept else path

    def _once(self, place: str, what: str) -> None:
        if place in self._seen:
            raise self._problem(f"{what} came before: the pages lead round in a circle")
        self._seen.add(place)

    def _problem(self, said: str) -> PagingError:
        name = self._operation.name
        return PagingError(f"{name}: {said}\n  {self._operation.request_line}", operation=name)


def given(arguments: Mapping[str, Any], name: str) -> Any:
    """What a call says under a name; None where it leaves that to the server."""
    found = arguments.get(name) if name else None
    return None if found is msgspec.UNSET else found


def _at(value: Any, names: tuple[str, ...]) -> Any:
    """What stands under these attributes, or keys where it is a mapping; None where it is absent."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    return None if value is msgspec.UNSET else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _reached(total: Any, count: int) -> bool:
    """Whether a number of things or pages says that these are all; 0 and less is what servers say that do not know."""
    return _is_number(total) and 0 < total <= count
