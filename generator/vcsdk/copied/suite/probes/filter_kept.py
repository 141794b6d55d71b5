"""A parameter with a property's name, or `filter[name]` of it, chooses the items that have this value."""

from __future__ import annotations

from typing import Any

import pytest

from .. import lists
from ..check import Check, Finding
from ..listing import Listing
from ..lives import at
from ..target import Target

CHECK = Check("filter-kept", __doc__, ("filter-ignored", "filter-loses"), severity="behaviour")


def hold(target: Target, listing: Listing, name: str, *, made: bool = False) -> None:
    """The value of an item is asked for, among items that have others."""
    lists.filled(target, listing, made=made)
    _, items = lists.asked(target, listing)
    place = dict(listing.filters)[name]
    values = [value for item in items if (value := at(item, place)) not in (None, "")]
    # In a filter a comma may stand between two values.
    plain = [value for value in values if not (isinstance(value, str) and "," in value)]
    value = plain[-1] if plain else None
    if value is None or not isinstance(value, str | int) or all(_fits(other, value) for other in values):
        # Of listed values one that nothing has will do: whatever is shown has another.
        others = [each for each in dict(listing.choices).get(name, ()) if not any(_fits(each, own) for own in values)]
        if not values or not others:
            pytest.skip(f"not exercised: all items that the list shows have the same `{place[-1]}`, or none")
        value = others[0]
    is_there = value in values
    sent = str(value).lower() if isinstance(value, bool) else value
    answer, found = lists.asked(target, listing, **{name: sent})
    wrong = [item for item in found if not _fits(at(item, place), value)]
    if wrong:
        told = f"`{name}=…` is answered with items that have another `{place[-1]}`"
        raise Finding(CHECK, told, answer, path=name, observed="other items")
    if not found and is_there:
        told = f"`{name}=…` is answered with nothing, though an item has that value"
        raise Finding(CHECK, told, answer, path=name, observed="no items")


def _fits(shown: Any, value: Any) -> bool:
    """Equal, or of texts one that has the other in it: a search is a filter, too."""
    if isinstance(value, str) and isinstance(shown, str):
        return value.casefold() in shown.casefold()
    return bool(shown == value)
