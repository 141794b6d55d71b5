"""Pages move on, and together have each item once: none twice, none left out."""

from __future__ import annotations

import pytest

from .. import lists
from ..check import Check, Finding
from ..listing import Listing
from ..target import Target

CHECK = Check("pages-whole", __doc__, ("page-repeats", "page-loses"), severity="behaviour")


def hold(target: Target, listing: Listing, *, made: bool = False) -> None:
    """What pages have, and what the list without them has; seen twice, since others may change it meanwhile."""
    lists.filled(target, listing, made=made)
    first = _trouble(target, listing)
    if first and (again := _trouble(target, listing)):
        raise Finding(CHECK, again, operation=listing.operation, path=_parameter(listing), observed=again)


def _trouble(target: Target, listing: Listing) -> str:
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
