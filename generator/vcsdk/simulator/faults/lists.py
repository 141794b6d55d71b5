"""Faults of lists: pages, limits, filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from vcsdk.copied.suite.lives import put
from vcsdk.ir import Api
from vcsdk.ir.listing import Listing, listing_in
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.faults.registry import Fault, fault

Proceed = Callable[[], Reply]


def _lists(api: Api) -> list[Listing]:
    if api.profile == "vapi":
        return []
    return [listing for o in api.operations if (listing := listing_in(o, api.schemas)) is not None]


def _have_limits(api: Api) -> bool:
    return any(listing.limit is not None for listing in _lists(api))


def _have_pages(api: Api) -> bool:
    return any(listing.cursor or listing.offset or (listing.page and listing.limit) for listing in _lists(api))


def _have_links(api: Api) -> bool:
    return any(listing.linked and listing.limit and (listing.page or listing.offset) for listing in _lists(api))


def _have_filters(api: Api) -> bool:
    return any(listing.filters for listing in _lists(api))


def _have_orders(api: Api) -> bool:
    return any(listing.orders for listing in _lists(api))


def _without(call: Call, *names: str) -> None:
    call.parameters = {name: value for name, value in call.parameters.items() if name not in names}


@fault("limit-ignored", breaks="a list has more items than were asked for", shows=_have_limits)
class LimitIgnored(Fault):
    """The parameter is read and not used."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        if call.listing is not None and call.listing.limit is not None:
            _without(call, call.listing.limit.wire_name)
        return proceed()


@fault("page-repeats", breaks="each page begins with the last item of the one before", shows=_have_pages)
class PageRepeats(Fault):
    """The position is counted from one."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        call.shift = -1
        return proceed()


@fault("page-loses", breaks="each page leaves out the item that it should begin with", shows=_have_pages)
class PageLoses(Fault):
    """The position is counted from behind the last item."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        call.shift = 1
        return proceed()


@fault("link-missing", breaks="no page's `Link` leads to the next one", shows=_have_links)
class LinkMissing(Fault):
    """The header is documented and never sent."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        call.leads_nowhere = True
        return proceed()


@fault("filter-ignored", breaks="a filter is accepted and chooses nothing", shows=_have_filters)
class FilterIgnored(Fault):
    """The parameter is read and not used."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        if call.listing is not None:
            _without(call, *(each.parameter.wire_name for each in call.listing.filters))
        return proceed()


@fault("filter-loses", breaks="a filter finds nothing", shows=_have_filters)
class FilterLoses(Fault):
    """What is asked for is compared with another property."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        reply = proceed()
        listing = call.listing
        asked = listing is not None and any(
            call.parameters.get(each.parameter.wire_name) is not None for each in listing.filters
        )
        if listing is None or not asked or reply.status != 200:
            return reply
        return replace(reply, body=put(reply.body, listing.items, []))


@fault("order-ignored", breaks="a list has the same order whatever is asked for", shows=_have_orders)
class OrderIgnored(Fault):
    """The parameter is read and not used."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        if call.listing is not None:
            _without(call, *(name for order in call.listing.orders for name, _ in order.query))
        return proceed()


@fault("order-one-way", breaks="a list that is to go down goes up", shows=_have_orders)
class OrderOneWay(Fault):
    """The direction is read and not used."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        if call.listing is not None:
            upwards = tuple(structs.replace(order, descending=False) for order in call.listing.orders)
            call.listing = structs.replace(call.listing, orders=upwards)
        return proceed()
