"""Which answers are lists of things, and what the query says of pages and of which things are listed.

A parameter counts only where its name and type together leave no doubt: an integer called `limit`, and not a text.
"""

from __future__ import annotations

import re
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

# Of the query of JSON:API and OData, where no other name means the same.
_LIMITS = (*LIMITS, "pagelimit", "maxkeys")
_TOP = "$top"
_OFFSETS = (*OFFSETS, "pageoffset")
_CURSORS = (*CURSORS, "pageafter", "pagecursor", "nextcursor", "nextpagetoken", "marker", "continue")
_FILTER = re.compile(r"(?:filters?|where)(?:\[(?P<one>[^\[\]]+)\]|\.(?P<two>[^.]+))")
# JSON:API has what there is to say of a thing in an object of its own.
_HOLDER = "attributes"
_NEXT = (
    "next",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "nextcontinuationtoken",
    "nextmarker",
    "continue",
    "endcursor",
    "cursor",
)
_LOOSE = ("next", "cursor")
_TELLING = (Kind.STRING, Kind.INTEGER, Kind.BOOLEAN)


class Filter(msgspec.Struct, frozen=True):
    """A parameter, and the property that it chooses by; `inside` is the object of an item that has it."""

    parameter: Parameter
    name: str
    inside: tuple[str, ...] = ()


class Listing(msgspec.Struct, frozen=True):
    """A list in an answer: where its items are (names of properties from outside), and of what.

    `limit`, `offset`, `page` and `cursor` are the parameters for pages; `next` leads to the property with the next
    cursor, () for none; `filters` those that have the name and the type of a property of each item, or
    `filter[name]` of it; `orders` what it can be sorted by.  `linked` says that the answer's header `Link` leads to the
    next page.  A member of an object in the query (`deepObject`) is a
    parameter of its own here, called as it is written: `page[size]`.
    """

    items: tuple[str, ...]
    item: Struct
    limit: Parameter | None = None
    offset: Parameter | None = None
    page: Parameter | None = None
    cursor: Parameter | None = None
    next: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    orders: tuple[Order, ...] = ()
    linked: bool = False


def listing_in(operation: Operation, schemas: Mapping[str, Schema]) -> Listing | None:
    """The list that a GET answers; None where it answers none, or more than one."""
    found = _list(operation, schemas)
    if operation.method != "GET" or found is None:
        return None
    items, item, outer = found
    query = [part for p in operation.parameters if p.location is In.QUERY for part in _parts(p, schemas)]
    fields = {field.wire_name: field.type for field in all_fields(item, schemas)}
    holder = resolve(fields[_HOLDER], schemas) if _HOLDER in fields else None
    held = {f.wire_name: f.type for f in all_fields(holder, schemas)} if isinstance(holder, Struct) else {}
    held = {name: type_ for name, type_ in held.items() if name not in fields}
    paging = [p for p in query if p.wire_name not in fields and not p.required]
    cursor = named(paging, _CURSORS, schemas, (Kind.STRING, Kind.INTEGER))
    next_ = _next(items, outer, schemas)
    success = operation.success
    linked = success is not None and any(header.wire_name.lower() == "link" for header in success.headers)
    return Listing(
        items=items,
        item=item,
        limit=_limit(paging, schemas),
        offset=named(paging, _OFFSETS, schemas, (Kind.INTEGER,)),
        page=named(paging, PAGES, schemas, (Kind.INTEGER,)),
        cursor=cursor if next_ or linked else None,
        next=next_ if cursor is not None else (),
        filters=tuple(
            Filter(p, name, () if name in fields else (_HOLDER,))
            for p in query
            if (name := _chosen_by(p.wire_name)) in fields or name in held
            if _kind(p.type, schemas) is not None
            and _kind(p.type, schemas) == _kind({**held, **fields}[name], schemas)
            and (name == p.wire_name or not p.required)
        ),
        orders=tuple(
            order if order.name in fields else msgspec.structs.replace(order, inside=(_HOLDER,))
            for order in orders_in(query, {**held, **fields}, schemas)
        ),
        linked=linked,
    )


def _parts(parameter: Parameter, schemas: Mapping[str, Schema]) -> list[Parameter]:
    """The parameter, or the members of one that is an object (`page[size]`)."""
    found = resolve(parameter.type, schemas)
    if parameter.style != "deepObject" or not isinstance(found, Struct):
        return [parameter]
    return [
        msgspec.structs.replace(
            parameter,
            wire_name=f"{parameter.wire_name}[{field.wire_name}]",
            type=field.type,
            required=parameter.required and field.required,
            default=field.default,
            style="form",
        )
        for field in all_fields(found, schemas)
    ]


def _limit(paging: list[Parameter], schemas: Mapping[str, Schema]) -> Parameter | None:
    found = named(paging, _LIMITS, schemas, (Kind.INTEGER,))
    top = (p for p in paging if p.wire_name == _TOP and _kind(p.type, schemas) is Kind.INTEGER)
    return found if found is not None else next(top, None)


def _chosen_by(parameter: str) -> str:
    """The name of the property that a parameter may choose by."""
    found = _FILTER.fullmatch(parameter)
    return (found["one"] or found["two"]) if found is not None else parameter


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
