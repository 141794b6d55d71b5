"""A list has the order that its parameter for that asks for, where its values name a property of each item."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl

import pytest

from .. import lists
from ..check import Check, Finding
from ..listing import Listing
from ..lives import at
from ..target import Target

CHECK = Check("order-kept", __doc__, ("order-ignored", "order-one-way"), severity="behaviour")
_MOST = 100
_DIGITS = re.compile(r"(\d+)")


def hold(target: Target, listing: Listing, query: str, *, made: bool = False) -> None:
    """The values of the property go up, or down; where nothing says which, one of the two."""
    lists.filled(target, listing, made=made)
    place, way = next((place, way) for asked, place, way in listing.orders if asked == query)
    answer, items = lists.asked(target, listing, **dict(parse_qsl(query)))
    values = [value for item in items if (value := at(item, place)) is not None]
    kinds = {str if isinstance(value, str) else float for value in values}
    if len(kinds) != 1 or len({*map(str, values)}) < (2 if way else 3):
        pytest.skip("not exercised: the items that the list shows do not differ enough in what orders them")
    ways = [way] if way else ["up", "down"]
    keys = _KEYS if kinds == {str} else (_same,)
    if all(_is_broken(values[:_MOST], keys, each) for each in ways):
        told = f"`{query}` is answered with items that are not in the order of their `{place[-1]}`"
        raise Finding(CHECK, told, answer, path=query.partition("=")[0], observed="another order")


def _is_broken(values: list[Any], keys: Sequence[Callable[[Any], Any]], way: str) -> bool:
    """Whether two of the values stand the wrong way round, whichever key they are compared by."""
    compared = [[key(value) for key in keys] for value in (values if way == "up" else values[::-1])]
    pairs = itertools.combinations(compared, 2)
    return any(all(one > other for one, other in zip(*pair, strict=True)) for pair in pairs)


def _same(value: Any) -> Any:
    return value


def _folded(text: str) -> str:
    """Without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _words(text: str) -> str:
    return _letters(_folded(text))


def _counted(text: str) -> list[tuple[bool, int, str]]:
    """With numbers in it compared as numbers."""
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(_folded(text))]


# Servers order texts by their characters, or as people do, who mind neither case nor signs: no two are held to more
# than what all of these say.
_KEYS: tuple[Callable[[str], Any], ...] = (_same, str.casefold, _folded, _letters, _words, _counted)
