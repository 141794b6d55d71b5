"""A list has no more items than its parameter for that allows."""

from __future__ import annotations

import pytest

from .. import lists
from ..check import Check, Finding
from ..listing import Listing
from ..target import Target

CHECK = Check("limit-kept", __doc__, ("limit-ignored",), severity="behaviour")


def hold(target: Target, listing: Listing, *, made: bool = False) -> None:
    """The smallest page there is, of a list that has more."""
    lists.filled(target, listing, made=made)
    _, whole = lists.asked(target, listing)
    if len(whole) <= listing.size:
        pytest.skip("not exercised: there are too few items to tell")
    answer, items = lists.asked(target, listing, **{listing.limit: listing.size})
    if len(items) > listing.size:
        told = f"`{listing.limit}={listing.size}` is answered with {len(items)} items"
        raise Finding(CHECK, told, answer, path=listing.limit, observed="more items")
