"""Which answers are lists of things, and what the query says of pages and of which things are listed.

A parameter counts only where its name and type together leave no doubt: an integer called `limit`, and not a text.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import is_json
from vcsdk.ir.operations import In, Operation, Parameter
from vcsdk.ir.ordering import Order, orders_in
from vcsdk.ir.page_answer import plain
from vcsdk.ir.paging import CURSORS, LIMITS, OFFSETS, PAGES, named
from vcsdk.ir.resolving import resolve
from vcsdk.ir.schemas import Enumeration, Field, Schema, Struct
from vcsdk.ir.types import Array, Kind, Scalar, Type

_NEXT = ("next", "nextcursor", "nextpagetoken", "nexttoken", "continuationtoken", "endcursor", "cursor")
_LOOSE = ("next", "cursor")
_TELLING = (Kind.STRING, Kind.INTEGER, Kind.BOOLEAN)


class Listing(msgspec.Struct, frozen=True):
    """A list in an answer: where its items are (names of properties from outside), and of what.

    `limit`, `offset`, `page` and `cursor` are the parameters for pages; `next` leads to the property with the next
    cursor, () for none; `filters` those that have the name and the type of a property of each item; `orders`
    what it can be sorted by.
    """

    items: tuple[str, ...]
    item: Struct
    limit: Parameter | None = None
    offset: Parameter | None = None
    page: Parameter | None = None
    cursor: Parameter | None = None
    next: tuple[str, ...] = ()
    filters: tuple[Parameter, ...] = ()
    orders: tuple[Order, ...] = ()


def listing_in(operation: Operation, schemas: Mapping[str, Schema]) -> Listing | None:
    """The list that a GET answers; None where it answers none, or more than one."""
    found = _list(operation, schemas)
    if operation.method != "GET" or found is None:
        return None
    items, item, outer = found
    query = [p for p in operation.parameters if p.location is In.QUERY]
    fields = {field.wire_name: field.type for field in all_fields(item, schemas)}
    paging = [p for p in query if p.wire_name not in fields and not p.required]
    cursor = named(paging, CURSORS, schemas, (Kind.STRING, Kind.INTEGER))
    next_ = _next(items, outer, schemas)
    return Listing(
        items=items,
        item=item,
        limit=named(paging, LIMITS, schemas, (Kind.INTEGER,)),
        offset=named(paging, OFFSETS, schemas, (Kind.INTEGER,)),
        page=named(paging, PAGES, schemas, (Kind.INTEGER,)),
        cursor=cursor if next_ else None,
        next=next_ if cursor is not None else (),
        filters=tuple(
            p
            for p in query
            if p.wire_name in fields
            and _kind(p.type, schemas) is not None
            and _kind(p.type, schemas) == _kind(fields[p.wire_name], schemas)
        ),
        orders=tuple(orders_in(query, fields, schemas)),
    )


def _list(
    operation: Operation, schemas: Mapping[str, Schema]
) -> tuple[tuple[str, ...], Struct, tuple[Field, ...]] | None:
    success = operation.success
    media = next((m for m in success.content if is_json(m.content_type)), None) if success is not None else None
    if media is None or media.type is None or operation.enveloped:
        return None
    whole = resolve(media.type, schemas)
    if isinstance(whole, Array):
        item = resolve(whole.items, schemas)
        return ((), item, ()) if isinstance(item, Struct) else None
    if not isinstance(whole, Struct):
        return None
    fields = all_fields(whole, schemas)
    found = _arrays((), fields, schemas)
    if not found:
        # One more object is put around it: `{"_embedded": {"orders": […]}}`.
        inner = [(field.wire_name, resolve(field.type, schemas)) for field in fields]
        found = [
            array
            for name, struct in inner
            if isinstance(struct, Struct)
            for array in _arrays((name,), all_fields(struct, schemas), schemas)
        ]
    return (*found[0], fields) if len(found) == 1 else None


def _next(items: tuple[str, ...], outer: tuple[Field, ...], schemas: Mapping[str, Schema]) -> tuple[str, ...]:
    """Where the next cursor stands: beside the list or outside of it, or in an object there; () for nowhere."""
    level: list[tuple[tuple[str, ...], tuple[Field, ...]]] = [((), outer)]
    if len(items) > 1:
        inner = next((resolve(field.type, schemas) for field in outer if field.wire_name == items[0]), None)
        level += [(items[:1], all_fields(inner, schemas))] if isinstance(inner, Struct) else []
    below = [
        ((*place, field.wire_name), all_fields(struct, schemas))
        for place, fields in level
        for field in fields
        if isinstance(struct := resolve(field.type, schemas), Struct) and (*place, field.wire_name) != items[:1]
    ]
    for places in (level, below):
        found = [
            (*place, field.wire_name)
            for name in _NEXT
            for place, fields in places
            for field in fields
            # In an object of its own `next` may be an address, and `cursor` the present one.
            if plain(field.wire_name) == name and (places is level or name not in _LOOSE)
        ]
        if found:
            return found[0]
    return ()


def _arrays(
    above: tuple[str, ...], fields: tuple[Field, ...], schemas: Mapping[str, Schema]
) -> list[tuple[tuple[str, ...], Struct]]:
    """The lists of objects among the properties of an object, and what each lists."""
    arrays = [(field.wire_name, resolve(field.type, schemas)) for field in fields]
    return [
        ((*above, name), item)
        for name, array in arrays
        if isinstance(array, Array) and isinstance(item := resolve(array.items, schemas), Struct)
    ]


def _kind(type_: Type, schemas: Mapping[str, Schema]) -> Kind | None:
    """What kind of value it is, of those that an item can be chosen by."""
    match resolve(type_, schemas):
        case Scalar(kind=kind, format=None) if kind in _TELLING:
            return kind
        case Scalar(kind=Kind.INTEGER):
            return Kind.INTEGER
        case Enumeration(kind=kind) if kind in _TELLING:
            return kind
    return None
