"""The lists of an API that its tests ask for in pages and by values."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec

from vcsdk.copied.suite.listing import Listing
from vcsdk.copied.suite.lives import home_of
from vcsdk.copied.suite.operations import Catalogue
from vcsdk.emitters.contract.requests import needs_no_more
from vcsdk.emitters.filters import code_span, python_literal
from vcsdk.ir import Api, Constraints, Enumeration, Operation, Parameter, Scalar, Struct, Type
from vcsdk.ir.finite import all_fields
from vcsdk.ir.identifying import identifying
from vcsdk.ir.listing import Filter, listing_in
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import UNCONSTRAINED

_WAYS = {None: "", False: "up", True: "down"}


class ListingView(msgspec.Struct, frozen=True):
    """One test class.  `marks` are those of the tests that make things first, none where the suite makes none."""

    class_name: str
    operation: str
    doc: str
    source: str
    limits: bool
    pages: bool
    filters: tuple[str, ...]
    orders: tuple[str, ...]
    marks: tuple[str, ...]


def listing_views(api: Api, catalogue: Catalogue) -> list[ListingView]:
    """Those that a GET without an identifier answers, and that the query says something of."""
    if api.profile == "vapi":
        return []
    taken: set[str] = set()
    found = []
    for operation in api.operations:
        listing = _listing(api, catalogue, operation)
        if listing is not None:
            found.append(_view(catalogue, operation, listing, taken))
    return found


def probes_of(views: Iterable[ListingView]) -> list[str]:
    """The modules of `probes` that the tests call."""
    used = {"limit_kept": "limits", "pages_whole": "pages", "filter_kept": "filters", "order_kept": "orders"}
    return sorted(probe for probe, part in used.items() if any(getattr(view, part) for view in views))


def _listing(api: Api, catalogue: Catalogue, operation: Operation) -> Listing | None:
    plain = (
        not operation.fixed_query and not operation.presence and not operation.fixed_headers and not operation.server
    )
    if "{" in operation.path or not plain or not needs_no_more(api, operation):
        return None
    found = listing_in(operation, api.schemas)
    if found is None:
        return None
    name = operation.label
    life = next((life for life in catalogue.lives if life.list == name), None)
    fields = [field.wire_name for field in all_fields(found.item, api.schemas)]
    key = life.key if life is not None else identifying(_named_by(api, operation), fields) or ""
    cursor = found.cursor if found.next else None
    moves = key and (cursor or found.offset or found.page) and (found.limit or cursor)
    if not (found.limit or moves or found.linked or found.filters or found.orders):
        return None
    return Listing(
        operation=name,
        items=found.items,
        key=key,
        limit=_name(found.limit),
        sizes=_sizes(api, found.limit),
        offset=_name(found.offset) if moves else "",
        page=_name(found.page) if moves else "",
        first=_first(api, found.page),
        cursor=_name(cursor) if moves else "",
        next=found.next,
        filters=tuple(
            (each.parameter.wire_name, (*each.inside, each.name))
            for each in found.filters
            if not each.parameter.required
        ),
        orders=tuple(
            (urlencode(each.query), (*each.inside, each.name), _WAYS[each.descending]) for each in found.orders
        ),
        life=life.name if life is not None else "",
        choices=tuple(
            (each.parameter.wire_name, values)
            for each in found.filters
            if not each.parameter.required and (values := _values(api, found.item, each))
        ),
        linked=bool(key) and found.linked,
    )


def _named_by(api: Api, listing: Operation) -> str:
    """The parameter that has a member's identifier in its path, `id` where no member is read."""
    home = listing.path.rstrip("/")
    member = next((o.path for o in api.operations if o.method == "GET" and home_of(o.path) == home), "{id}")
    return member.rpartition("{")[2].partition("}")[0]


def _values(api: Api, item: Struct, chosen: Filter) -> tuple[str, ...]:
    """The texts that both a filter and its property list; none where the property stands in an object."""
    own = next(
        (f.type for f in all_fields(item, api.schemas) if f.wire_name == chosen.name and not chosen.inside), None
    )
    asked, shown = _texts(api, chosen.parameter.type), _texts(api, own) if own is not None else ()
    return tuple(value for value in asked if value in shown)


def _texts(api: Api, type_: Type) -> tuple[str, ...]:
    found = resolve(type_, api.schemas)
    members = found.members if isinstance(found, Enumeration) else ()
    return tuple(member.value for member in members if isinstance(member.value, str))


def _bounds(api: Api, parameter: Parameter) -> Constraints:
    type_ = resolve(parameter.type, api.schemas)
    return type_.constraints if isinstance(type_, Scalar) else UNCONSTRAINED


def _name(parameter: Parameter | None) -> str:
    return parameter.wire_name if parameter is not None else ""


def _sizes(api: Api, parameter: Parameter | None) -> tuple[int, int]:
    if parameter is None:
        return 0, 0
    bounds = _bounds(api, parameter)
    return int(bounds.minimum or 0), int(bounds.maximum or 0)


def _first(api: Api, parameter: Parameter | None) -> int:
    if parameter is None:
        return -1
    if isinstance(parameter.default, int) and not isinstance(parameter.default, bool):
        return parameter.default
    least = _bounds(api, parameter).minimum
    return int(least) if least in (0, 1) else -1


def _view(catalogue: Catalogue, operation: Operation, listing: Listing, taken: set[str]) -> ListingView:
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in listing.operation).split()
    name = "Test" + "".join(word.capitalize() for word in words)
    while name in taken:
        name += "Again"
    taken.add(name)
    life = catalogue.life(listing.life) if listing.life else None
    return ListingView(
        class_name=name,
        operation=listing.operation,
        doc=code_span(operation.request_line),
        source=_source(listing),
        limits=bool(listing.limit),
        pages=bool(listing.cursor or listing.offset or listing.page or listing.linked),
        filters=tuple(name for name, _ in listing.filters),
        orders=tuple(query for query, _, _ in listing.orders),
        marks=(f"write({life.create!r})",) if life is not None and not life.parent else (),
    )


def _source(listing: Listing) -> str:
    usual = Listing(listing.operation)
    given = {name: value for name, value in vars(listing).items() if value != getattr(usual, name)}
    parts = {"operation": listing.operation, **given}
    return f"Listing({', '.join(f'{name}={python_literal(value)}' for name, value in parts.items())})"
