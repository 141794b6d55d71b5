"""Which parameter says in what order a list has its items: only where its listed values name properties of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vcsdk.ir.operations import Parameter
from vcsdk.ir.resolving import resolve
from vcsdk.ir.schemas import Enumeration, Schema
from vcsdk.ir.types import Array, Constant, Kind, Scalar, Type

_SORTS = ("sort", "sortby", "sortfield", "orderby", "order", "ordering")
_DIRECTIONS = ("order", "direction", "dir", "sortorder", "sortdir", "sortdirection", "orderdirection", "orderdir")
_UP, _DOWN = ("asc", "ascending"), ("desc", "descending")
_TIMES = ("_at", "At", "_on", "On", "_date", "Date", "_time", "Time")
_VALUE = re.compile(r"(?P<sign>[-+]?)(?P<name>.+?)(?:[ :.,_](?P<way>asc|desc|ascending|descending))?", re.IGNORECASE)
_ORDERED = (Kind.STRING, Kind.INTEGER, Kind.NUMBER, Kind.DATE_TIME, Kind.DATE)


class Order(msgspec.Struct, frozen=True):
    """What to send for an order, the property that it is by, and whether downwards; None where nothing says which.

    `inside` is the object of an item that has the property, () for the item itself.
    """

    query: tuple[tuple[str, str], ...]
    name: str
    descending: bool | None
    inside: tuple[str, ...] = ()


def orders_in(query: Sequence[Parameter], fields: Mapping[str, Type], schemas: Mapping[str, Schema]) -> list[Order]:
    """Every order that the parameters of a query let a list have."""
    free = [p for p in query if p.wire_name not in fields and not p.required and p.content_type is None]
    listed = {p.wire_name: values for p in free if (values := _texts(p.type, schemas))}
    named = {name for name, type_ in fields.items() if _is_ordered(type_, schemas)}
    sorts = [name for name in listed if _plain(name) in _SORTS and any(_read(v, named) for v in listed[name])]
    if len(sorts) != 1:
        return []
    sort = sorts[0]
    ways = [name for name in listed if name != sort and _plain(name) in _DIRECTIONS and _are_ways(listed[name])]
    found: list[Order] = []
    for value in listed[sort]:
        read = _read(value, named)
        if read is not None:
            found += _orders(sort, value, read, {name: listed[name] for name in ways[:1]})
    down = {order.name for order in found if order.descending}
    # `-name` listed beside `name` says which way that is.
    return [
        msgspec.structs.replace(o, descending=False) if o.descending is None and o.name in down else o for o in found
    ]


def _orders(sort: str, value: str, read: tuple[str, bool | None], ways: Mapping[str, Sequence[str]]) -> Iterator[Order]:
    name, descending = read
    if descending is not None or not ways:
        yield Order(((sort, value),), name, descending)
        return
    for parameter, values in ways.items():
        for way in values:
            yield Order(((sort, value), (parameter, way)), name, way.lower() in _DOWN)


def _read(value: str, named: set[str]) -> tuple[str, bool | None] | None:
    """The property that a value names, and its direction where the value says one."""
    if (whole := _meant(value, named)) is not None:
        return whole, None
    match = _VALUE.fullmatch(value)
    name = _meant(match["name"], named) if match is not None else None
    if match is None or name is None or bool(match["sign"]) == bool(match["way"]):
        return None
    return name, match["sign"] == "-" or (match["way"] or "").lower() in _DOWN


def _meant(word: str, named: set[str]) -> str | None:
    """The property of that name, or the one time that is called so (`created` is `created_at`)."""
    if word in named:
        return word
    times = [name for name in named if name.startswith(word) and name.removeprefix(word) in _TIMES]
    return times[0] if word and len(times) == 1 else None


def _are_ways(values: Sequence[str]) -> bool:
    """True for one word for upwards and one for downwards."""
    words = [value.lower() for value in values]
    return len(words) == 2 and any(word in _UP for word in words) and any(word in _DOWN for word in words)


def _texts(type_: Type, schemas: Mapping[str, Schema]) -> list[str]:
    """The listed texts of a parameter; none where it takes others, too."""
    match resolve(type_, schemas):
        case Enumeration(kind=Kind.STRING, opened=False, members=members):
            return [str(member.value) for member in members]
        case Constant(value=str(value)):
            return [value]
        case Array(items=items) if not isinstance(resolve(items, schemas), Array):
            # One of several (`sort=-name,created`): alone it is a list of one.
            return _texts(items, schemas)
    return []


def _is_ordered(type_: Type, schemas: Mapping[str, Schema]) -> bool:
    """Whether everybody orders such values alike: numbers, times, texts; not a list of words that have a rank."""
    found = resolve(type_, schemas)
    return isinstance(found, Scalar) and found.kind in _ORDERED and (found.kind is not Kind.STRING or not found.format)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
