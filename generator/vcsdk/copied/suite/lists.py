"""Lists: how many items, which ones and in which pages an answer shows them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from . import making
from .answers import Answer
from .link_header import next_in
from .listing import Listing
from .lives import at, text_of
from .target import DOCUMENTED, Target

_FEW = 3
MOST_PAGES = 12
_NO_PAGE = (404, 416)


def asked(target: Target, listing: Listing, **query: Any) -> tuple[Answer, list[Any]]:
    """The answer with this query, and its items; the test is skipped where it is refused, or is no list."""
    return _asked_by(target, listing, urlencode(query))


def _asked_by(target: Target, listing: Listing, query: str) -> tuple[Answer, list[Any]]:
    operation = target.run.catalogue.named(listing.operation)
    assert operation is not None
    answer = target.send("GET", f"{operation.path}?{query}" if query else operation.path)
    if 400 <= answer.status < 500:
        pytest.skip(f"not exercised: the target refuses that query ({answer.status})")
    target.hold(answer, expect=DOCUMENTED)
    items = at(answer.result, listing.items) if answer.status == 200 and answer.content else None
    if not isinstance(items, list):
        pytest.skip("not exercised: the answer has no list")
    return answer, items


def filled(target: Target, listing: Listing, *, made: bool) -> None:
    """Make some things first, where the test is to."""
    if made:
        for number in range(_FEW):
            making.make(target, target.run.catalogue.life(listing.life), number)


def keys(listing: Listing, items: list[Any]) -> list[str]:
    """What tells the items apart; the test is skipped where nothing does."""
    found = [text_of(at(item, (listing.key,))) for item in items]
    known = [key for key in found if key is not None]
    if len(known) < len(found):
        pytest.skip("not exercised: nothing tells the items of the list apart")
    return known


def _is_beyond(target: Target, listing: Listing, **query: Any) -> bool:
    """Whether what comes behind the last page is not found, which others show as a page without items."""
    operation = target.run.catalogue.named(listing.operation)
    assert operation is not None
    return not listing.cursor and target.send("GET", f"{operation.path}?{urlencode(query)}").status in _NO_PAGE


def pages(target: Target, listing: Listing) -> list[list[str]]:
    """What tells the items apart, page by page, of the smallest pages there are; at most a dozen."""
    size = {listing.limit: listing.size} if listing.limit else {}
    found: list[list[str]] = []
    start = max(listing.first, 0) if listing.first >= 0 else 1
    place: dict[str, Any] = {listing.page: start} if listing.page and not listing.cursor and not listing.offset else {}
    while len(found) < MOST_PAGES:
        if found and _is_beyond(target, listing, **size, **place):
            break
        answer, items = asked(target, listing, **size, **place)
        if not items:
            break
        found.append(keys(listing, items))
        if listing.cursor:
            following = at(answer.result, listing.next)
            if following in (None, "", False) or "://" in str(following):
                break
            place = {listing.cursor: following}
        elif listing.offset:
            place = {listing.offset: sum(map(len, found))}
        else:
            place = {listing.page: start + len(found)}
    return found


def linked_pages(target: Target, listing: Listing) -> tuple[list[list[str]], bool]:
    """The same by the header `Link` of each page; and whether it led through all there are."""
    size = {listing.limit: listing.size} if listing.limit else {}
    answer, items = asked(target, listing, **size)
    found = [keys(listing, items)]
    while (link := next_in(answer.headers.get("link", ""))) is not None:
        query = _query_of(target, answer, link)
        if query is None or len(found) == MOST_PAGES:
            return found, False
        answer, items = _asked_by(target, listing, query)
        found.append(keys(listing, items))
    return found, True


def _query_of(target: Target, answer: Answer, link: str) -> str | None:
    """The query of a link to the same list; None for a link to anything else, which is not followed."""
    own = urlsplit(target.run.url(answer.target))
    parts = urlsplit(urljoin(own.geturl(), link))
    return parts.query if parts[:3] == own[:3] else None
