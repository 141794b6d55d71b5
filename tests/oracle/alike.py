"""Whether two JSON values are one, however they are spelled.  Free of the toolkit."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_MADE = re.compile(r"key\d+")
"""What the simulator calls a key of a map, which only a map has."""


def same(one: Any, other: Any) -> bool:
    """Equal as JSON; moments and durations may be spelled differently."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str) and one != other:
        if _DURATION.fullmatch(one) and _DURATION.fullmatch(other):
            return _seconds(one) == _seconds(other)
        return _MOMENT.fullmatch(one) is not None and _moment(one) == _moment(other)
    return bool(one == other)


def differences(
    mine: Any, given: Any, known: frozenset[str] = frozenset(), tags: frozenset[str] = frozenset()
) -> Iterator[str]:
    """How what came back differs from what was given.

    `known` are the names of all properties there are: a model may leave out what is none of them. One of `tags`, a
    discriminator, may be added.
    """
    if isinstance(mine, dict) and isinstance(given, dict):
        for key in given.keys() - mine.keys():
            if key in known or _MADE.fullmatch(key):
                yield f"leaves out `{key}`"
        for key in mine.keys() - given.keys():
            if key not in tags:
                yield f"adds `{key}`"
        for key in mine.keys() & given.keys():
            yield from differences(mine[key], given[key], known, tags)
    elif isinstance(mine, list) and isinstance(given, list) and len(mine) == len(given):
        for one, other in zip(mine, given, strict=True):
            yield from differences(one, other, known, tags)
    elif not same(mine, given):
        yield f"changes {json.dumps(given)[:60]} into {json.dumps(mine)[:60]}"


def _moment(text: str) -> dt.datetime | str:
    try:
        return dt.datetime.fromisoformat(text.upper())
    except ValueError:
        return text


def _seconds(text: str) -> float:
    found = _DURATION.fullmatch(text)
    units = (86400, 3600, 60, 1)
    return sum(float(part) * unit for part, unit in zip(found.groups(), units, strict=True) if part) if found else 0.0
