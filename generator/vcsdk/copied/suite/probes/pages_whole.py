"""Pages move on, and together have each item once: none twice, none left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .. import lists
from ..check import Check, Finding
from ..listing import Listing
from ..target import Target

CHECK = Check("pages-whole", __doc__, ("page-repeats", "page-loses", "link-missing"), severity="behaviour")


def hold(target: Target, listing: Listing, *, made: bool = False) -> None:
    """What pages have, and what the list without them has; seen twice, since others may change it meanwhile."""
    lists.filled(target, listing, made=made)
    ways = [_asked_for] if _parameter(listing) else []
    ways += [_linked] if listing.linked else []
    reasons = [reason for way in ways if (reason := _shown_nothing(way, target, listing))]
    if len(reasons) == len(ways):
        pytest.skip(reasons[0])


def _shown_nothing(way: Callable[[Target, Listing], str], target: Target, listing: Listing) -> str:
    """Why a way through the pages shows nothing, "" where it does.

    Raises:
        Finding: The pages are not the whole.
    """
    try:
        first = way(target, listing)
        again = way(target, listing) if first else ""
    except pytest.skip.Exception as nothing:
        return str(nothing)
    if again:
        path = "Link" if way is _linked else _parameter(listing)
        raise Finding(CHECK, again, operation=listing.operation, path=path, observed=again)
    return ""


def _linked(target: Target, listing: Listing) -> str:
    _, items = lists.asked(target, listing)
    whole = lists.keys(listing, items)
    found, is_whole = lists.linked_pages(target, listing)
    flat = [key for page in found for key in page]
    if len(flat) > len(set(flat)):
        return "pages that the header `Link` leads through have an item twice"
    if len(found) < 2 and (len(whole) <= listing.size or not _parameter(listing)):
        pytest.skip("not exercised: there are too few items to tell")
    if set(whole) - set(flat) and is_whole:
        return "pages that the header `Link` leads through lack an item that the list without a limit has"
    return ""


def _asked_for(target: Target, listing: Listing) -> str:
    _, items = lists.asked(target, listing)
    whole = lists.keys(listing, items)
    found = lists.pages(target, listing)
    flat = [key for page in found for key in page]
    if len(found) < 2 and len(whole) <= listing.size:
        pytest.skip("not exercised: there are too few items to tell")
    if len(flat) > len(set(flat)):
        return f"pages by `{_parameter(listing)}` have an item twice"
    # A walk that was cut off, and a list that has a page of its own, say nothing of what else there is.
    missing = set(whole) - set(flat)
    known = bool(listing.cursor or listing.offset) or listing.first >= 0
    if missing and known and len(found) < lists.MOST_PAGES:
        return f"pages by `{_parameter(listing)}` lack an item that the list without them has"
    return ""


def _parameter(listing: Listing) -> str:
    return listing.cursor or listing.offset or listing.page
