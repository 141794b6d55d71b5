"""What was made is in the list of its collection, and what was made once is there once."""

from __future__ import annotations

import pytest

from .. import making
from ..check import Check, Finding
from ..lives import Life, at
from ..target import Target

CHECK = Check("created-listed", __doc__, ("create-twice", "list-stale"), severity="behaviour")


def hold(target: Target, life: Life) -> None:
    """A list that has all there is has its identifier once, and nothing else that is new and the same."""
    before = making.make(target, life)
    known = making.listed(target, before)
    made = making.make(target, life)
    items = making.listed(target, made)
    if known is None or items is None:
        pytest.skip("not exercised: one answer of the list may not show all there is")
    found = making.identifiers(life, items)
    if found.count(made.identifier) != 1:
        count = found.count(made.identifier)
        told = f"what was just made is in the list {count} times" if count else "what was just made is not in the list"
        raise Finding(CHECK, told, observed=f"{count} times", operation=life.list)
    earlier = making.identifiers(life, known)
    alike = [
        identifier
        for identifier, item in zip(found, items, strict=True)
        if identifier not in (made.identifier, *earlier)
        and isinstance(item, dict)
        and not life.difference(made.said, at(item, life.inside))
    ]
    if alike and life.plain:
        told = f"one request made {len(alike) + 1} things: {life.name} has others with the same values"
        raise Finding(CHECK, told, observed="several", operation=life.create)
