"""Which items of a list an answer shows: those that a query asks for, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from vcsdk.copied.suite.lives import at, put
from vcsdk.instances.schemas import Schemas
from vcsdk.ir import Api, Operation, Parameter
from vcsdk.ir.listing import Listing, listing_in
from vcsdk.ir.ordering import Order
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply

_CURSOR = "next-"
_NOWHERE = 1 << 62
_DIGITS = 20
"""No place in a list has as many."""


class Paging:
    """Takes the items of a list apart as `ir.listing` reads the description; other answers stay as they are."""

    def __init__(self, api: Api, schemas: Schemas, answers: Answers) -> None:
        self._api = api
        self._schemas = schemas
        self._answers = answers
        self._known: dict[str, Listing | None] = {}

    def listing(self, operation: Operation) -> Listing | None:
        """What the description says of the list that an operation answers; None where it answers none."""
        if self._api.profile == "vapi":
            return None
        if operation.key not in self._known:
            self._known[operation.key] = listing_in(operation, self._api.schemas)
        return self._known[operation.key]

    def shown(self, call: Call, reply: Reply) -> Reply:
        """The answer with the items that the query asks for."""
        listing = call.listing
        items = _items(listing, reply.body) if listing is not None and reply.json and reply.status < 300 else None
        if listing is None or items is None or call.operation is None:
            return reply
        chosen = [item for item in items if _is_asked_for(item, listing, call.parameters)]
        chosen = _in_order(chosen, listing, call.parameters)
        size = _number(call, listing.limit)
        position = self._position(call, listing, size)
        if position:
            position = max(position + call.shift, 0)
        end = len(chosen) if size is None else position + size
        body = self._with(listing, reply.body, chosen[position:end])
        if listing.next and isinstance(body, dict):
            body = self._led_on(call, listing, body, end if end < len(chosen) else None)
        if listing.linked:
            reply = replace(reply, headers=_linked(call, listing, reply.headers, end if end < len(chosen) else None))
        return replace(reply, body=body)

    @staticmethod
    def _position(call: Call, listing: Listing, size: int | None) -> int:
        cursor = call.parameters.get(listing.cursor.wire_name) if listing.cursor is not None else None
        if cursor is not None:
            text = str(cursor).removeprefix(_CURSOR)
            return int(text) if text.isdecimal() and len(text) < _DIGITS else _NOWHERE
        offset = _number(call, listing.offset)
        if offset is not None:
            return offset
        page = _number(call, listing.page)
        if page is None or size is None or listing.page is None:
            return 0
        return max(page - _first_page(listing.page), 0) * size

    @staticmethod
    def _with(listing: Listing, body: Any, items: list[Any]) -> Any:
        return put(body, listing.items, items)

    def _led_on(self, call: Call, listing: Listing, body: dict[str, Any], end: int | None) -> dict[str, Any]:
        """The body with the cursor of the next page, or with none, in a form that its schema takes."""
        *above, last = listing.next
        around = at(body, tuple(above))
        if above and not isinstance(around, dict):
            if end is None:
                return body
            around = {}
        without = put(body, tuple(above), {name: value for name, value in around.items() if name != last})
        places = [without, *(put(without, listing.next, nothing) for nothing in (None, "", 0))]
        if end is not None:
            places = [put(without, listing.next, place) for place in (f"{_CURSOR}{end}", end)]
        schema = self._answers.json_schema(call.operation) if call.operation is not None else None
        return next((each for each in places if schema is None or self._schemas.accepts(schema, each)), body)


def _linked(call: Call, listing: Listing, headers: Mapping[str, str], end: int | None) -> dict[str, str]:
    """The headers with a link to the next page; one that was made up leads nowhere."""
    place = _place_of(call, listing, end) if end is not None and not call.leads_nowhere else None
    if place is None:
        return dict(headers)
    name, value = place
    query = [(key, text) for key, text in call.target.query if key != name]
    others = {key: text for key, text in headers.items() if key.lower() != "link"}
    return {**others, "Link": f'<{call.target.path}?{urlencode([*query, (name, value)])}>; rel="next"'}


def _place_of(call: Call, listing: Listing, end: int) -> tuple[str, str] | None:
    """The parameter that says where a page begins, and what it says of this one; None where there is none."""
    if listing.cursor is not None:
        return listing.cursor.wire_name, f"{_CURSOR}{end}"
    if listing.offset is not None:
        return listing.offset.wire_name, str(end)
    size = _number(call, listing.limit)
    if listing.page is None or not size:
        return None
    return listing.page.wire_name, str(_first_page(listing.page) + end // size)


def _first_page(page: Parameter) -> int:
    return page.default if isinstance(page.default, int) else 1


def _items(listing: Listing, body: Any) -> list[Any] | None:
    value = at(body, listing.items)
    return value if isinstance(value, list) else None


def _number(call: Call, parameter: Parameter | None) -> int | None:
    value = call.parameters.get(parameter.wire_name) if parameter is not None else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _in_order(items: list[Any], listing: Listing, given: Mapping[str, Any]) -> list[Any]:
    """The items in the order that the query names, those without a value last."""
    fits = [order for order in listing.orders if all(_says(given, name, value) for name, value in order.query)]
    # A direction may be left out, which means upwards.
    half = (_upwards(order) for order in listing.orders if _says(given, *order.query[0]))
    order = next(iter(fits), None) or next(half, None)
    if order is None:
        return items
    place = (*order.inside, order.name)
    valued = [item for item in items if isinstance(at(item, place), str | int | float)]
    if len({isinstance(at(item, place), str) for item in valued}) > 1:
        return items
    ordered = sorted(valued, key=lambda item: at(item, place), reverse=bool(order.descending))
    return [*ordered, *(item for item in items if not any(item is each for each in ordered))]


def _upwards(order: Order) -> Order:
    """The order upwards, unless its one value says which way."""
    return order if len(order.query) == 1 else Order(order.query, order.name, descending=False)


def _is_asked_for(item: Any, listing: Listing, given: Mapping[str, Any]) -> bool:
    asked = (((*each.inside, each.name), given.get(each.parameter.wire_name)) for each in listing.filters)
    return isinstance(item, dict) and all(at(item, place) == value for place, value in asked if value is not None)


def _says(given: Mapping[str, Any], name: str, value: str) -> bool:
    return given.get(name) in (value, [value])


def with_members(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters, and the members of those that are objects, called as they are written (`page[size]`)."""
    found = dict(given)
    for name, value in given.items():
        if isinstance(value, dict):
            found |= {f"{name}[{member}]": inner for member, inner in value.items()}
    return found
