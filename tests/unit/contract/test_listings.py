"""Which lists are asked for in pages and by values: only those whose parameters leave no doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.ir.listing import Listing, listing_in
from vcsdk.pipeline import read_api

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
ITEM = {
    "type": "object",
    "properties": {"id": TEXT, "state": TEXT, "size": NUMBER, "tags": {"type": "array", "items": TEXT}},
}
MANY = {"type": "array", "items": ITEM}


def listing_of(folder: Path, answer: Any, *query: tuple[str, Any], method: str = "get") -> Listing | None:
    parameters = [{"name": name, "in": "query", "schema": schema} for name, schema in query]
    ok = {"description": "ok", "content": {"application/json": {"schema": answer}}}
    operation = {"operationId": "list", "parameters": parameters, "responses": {"200": ok}}
    path = folder / "things.json"
    info = {"title": "Things", "version": "1"}
    path.write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": {"/things": {method: operation}}}))
    api = read_api(path).api
    return listing_in(api.operations[0], api.schemas)


INNER = {"type": "object", "properties": {"rows": MANY}}


def name(parameter: Any) -> str:
    return parameter.wire_name if parameter is not None else ""


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        (MANY, ()),
        ({"type": "object", "properties": {"data": MANY, "total": NUMBER}}, ("data",)),
        ({"type": "object", "properties": {"data": MANY, "names": {"type": "array", "items": TEXT}}}, ("data",)),
        # Which of the two has the things that are asked for, nothing says.
        ({"type": "object", "properties": {"data": MANY, "others": MANY}}, None),
        ({"type": "array", "items": TEXT}, None),
        (ITEM, None),
        (
            {"type": "object", "properties": {"_embedded": {"type": "object", "properties": {"rows": MANY}}}},
            ("_embedded", "rows"),
        ),
    ],
)
def test_where_the_items_are(answer: Any, items: Any, tmp_path: Path) -> None:
    found = listing_of(tmp_path, answer)

    assert (found.items if found is not None else None) == items


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (("limit", NUMBER), "limit"),
        (("page_size", NUMBER), "limit"),
        (("perPage", NUMBER), "limit"),
        (("limit", TEXT), ""),
        # A property of the items: it asks for things of that size.
        (("size", NUMBER), ""),
        (("offset", NUMBER), "offset"),
        (("page", NUMBER), "page"),
        (("page", TEXT), ""),
        (("colour", NUMBER), ""),
    ],
)
def test_what_a_parameter_does(query: tuple[str, Any], part: str, tmp_path: Path) -> None:
    found = listing_of(tmp_path, MANY, query)

    assert found is not None
    parts = {part: name(getattr(found, part)) for part in ("limit", "offset", "page", "cursor")}
    assert {key for key, value in parts.items() if value} == ({part} if part else set())


def test_a_cursor_comes_from_an_answer(tmp_path: Path) -> None:
    led = {"type": "object", "properties": {"data": MANY, "next_cursor": TEXT}}

    found = listing_of(tmp_path, led, ("cursor", TEXT))
    assert found is not None
    assert (name(found.cursor), found.next) == ("cursor", ("next_cursor",))
    without = listing_of(tmp_path, MANY, ("cursor", TEXT))
    assert without is not None
    assert without.cursor is None


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        ({"data": MANY, "meta": {"type": "object", "properties": {"nextCursor": TEXT}}}, ("meta", "nextCursor")),
        ({"result": {"type": "object", "properties": {"data": MANY, "next_cursor": TEXT}}}, ("result", "next_cursor")),
        # What is nearer is meant.
        (
            {"data": MANY, "next_token": TEXT, "meta": {"type": "object", "properties": {"nextCursor": TEXT}}},
            ("next_token",),
        ),
        # It may be an address, or where this page is.
        ({"data": MANY, "links": {"type": "object", "properties": {"next": TEXT}}}, ()),
        ({"data": MANY, "meta": {"type": "object", "properties": {"cursor": TEXT}}}, ()),
    ],
)
def test_the_next_cursor_may_stand_in_an_object(properties: Any, place: tuple[str, ...], tmp_path: Path) -> None:
    found = listing_of(tmp_path, {"type": "object", "properties": properties}, ("cursor", TEXT))

    assert found is not None
    assert found.next == place


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        (("state", TEXT), True),
        (("state", {"type": "string", "enum": ["a"]}), True),
        (("state", NUMBER), False),
        (("size", NUMBER), True),
        (("tags", TEXT), False),
        (("state", {"type": "array", "items": TEXT}), False),
        (("State", TEXT), False),
    ],
)
def test_a_filter_has_a_property_and_its_type(query: tuple[str, Any], filters: bool, tmp_path: Path) -> None:
    found = listing_of(tmp_path, MANY, query)

    assert found is not None
    assert bool(found.filters) is filters


def test_only_a_get_lists(tmp_path: Path) -> None:
    assert listing_of(tmp_path, MANY, method="post") is None


def either(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": [*values]}


@pytest.mark.parametrize(
    ("query", "orders"),
    [
        ([("sort", either("id", "size"))], [("sort=id", "id", None), ("sort=size", "size", None)]),
        ([("sort", either("size", "-size"))], [("sort=size", "size", False), ("sort=-size", "size", True)]),
        ([("sort", either("size", "size_desc"))], [("sort=size", "size", False), ("sort=size_desc", "size", True)]),
        # One of another property says nothing of this one.
        ([("sort", either("size", "-id"))], [("sort=size", "size", None), ("sort=-id", "id", True)]),
        ([("sort_by", either("-size", "+size"))], [("sort_by=-size", "size", True), ("sort_by=+size", "size", False)]),
        (
            [("orderBy", either("size_desc", "size:asc"))],
            [("orderBy=size_desc", "size", True), ("orderBy=size:asc", "size", False)],
        ),
        (
            [("sort", either("size")), ("order", either("asc", "desc"))],
            [("sort=size&order=asc", "size", False), ("sort=size&order=desc", "size", True)],
        ),
        (
            [("order", either("size", "relevance")), ("direction", either("ASCENDING", "DESCENDING"))],
            [("order=size&direction=ASCENDING", "size", False), ("order=size&direction=DESCENDING", "size", True)],
        ),
        # Nothing says what these order by, or that they are orders.
        ([("sort", TEXT)], []),
        ([("order", either("asc", "desc"))], []),
        ([("sort", either("newest", "oldest"))], []),
        ([("sort", either("tags"))], []),
        ([("sort", either("SIZE"))], []),
        ([("view", either("id", "size"))], []),
        ([("sort", either("id")), ("order_by", either("size"))], []),
        ([("sort", either("size")), ("order", either("up", "down"))], [("sort=size", "size", None)]),
    ],
)
def test_an_order_is_one_whose_values_name_properties(query: Any, orders: Any, tmp_path: Path) -> None:
    found = listing_of(tmp_path, MANY, *query)

    assert found is not None
    written = [("&".join(f"{name}={value}" for name, value in o.query), o.name, o.descending) for o in found.orders]
    assert written == orders


OBJECT = {"type": "object", "properties": {"size": NUMBER, "after": TEXT, "state": TEXT}}


def of_attributes(folder: Path, *query: tuple[str, Any]) -> Listing | None:
    inner = {"type": "object", "properties": {"name": TEXT, "count": NUMBER}}
    item = {"type": "object", "properties": {"id": TEXT, "type": TEXT, "attributes": inner}}
    data = {"type": "array", "items": item}
    return listing_of(folder, {"type": "object", "properties": {"data": data, "next_cursor": TEXT}}, *query)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (("filter[name]", TEXT), [("attributes", "name")]),
        (("filter[count]", NUMBER), [("attributes", "count")]),
        (("filter.name", TEXT), [("attributes", "name")]),
        (("filter[id]", TEXT), [("id",)]),
        (("filter[name]", NUMBER), []),
        (("filter[name][like]", TEXT), []),
        (("fields[name]", TEXT), []),
        # Any expression.
        (("$filter", TEXT), []),
    ],
)
def test_a_filter_may_be_a_member(query: tuple[str, Any], places: list[tuple[str, ...]], tmp_path: Path) -> None:
    found = of_attributes(tmp_path, query)

    assert found is not None
    assert [(*each.inside, each.name) for each in found.filters] == places


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (("page[size]", NUMBER), "limit"),
        (("page[limit]", NUMBER), "limit"),
        (("page[offset]", NUMBER), "offset"),
        (("page[number]", NUMBER), "page"),
        (("page[after]", TEXT), "cursor"),
        (("$top", NUMBER), "limit"),
        (("$skip", NUMBER), "offset"),
        (("top", NUMBER), ""),
        (("$skip", TEXT), ""),
    ],
)
def test_pages_are_asked_for_in_other_styles(query: tuple[str, Any], part: str, tmp_path: Path) -> None:
    found = of_attributes(tmp_path, query)

    assert found is not None
    parts = {each: name(getattr(found, each)) for each in ("limit", "offset", "page", "cursor")}
    assert {key: value for key, value in parts.items() if value} == ({part: query[0]} if part else {})


@pytest.mark.parametrize(
    ("query", "orders"),
    [
        (("sort", {"type": "array", "items": {"type": "string", "enum": ["name", "-name"]}}), ["name", "-name"]),
        (("$orderby", {"type": "array", "items": {"type": "string", "enum": ["count desc"]}}), ["count desc"]),
        # Which texts it takes nothing says.
        (("sort", {"type": "array", "items": TEXT}), []),
        (("sort", TEXT), []),
    ],
)
def test_an_order_may_be_one_of_several(query: tuple[str, Any], orders: list[str], tmp_path: Path) -> None:
    found = of_attributes(tmp_path, query)

    assert found is not None
    assert [order.query[0][1] for order in found.orders] == orders
    assert all(order.inside == ("attributes",) for order in found.orders)


TIMED = {"type": "object", "properties": {"id": TEXT, "created_at": {**TEXT, "format": "date-time"}, "seenOn": NUMBER}}
BOTH = {"type": "object", "properties": {"id": TEXT, "made_at": NUMBER, "madeDate": NUMBER, "made": {"type": "object"}}}


@pytest.mark.parametrize(
    ("item", "value", "ordered"),
    [
        (TIMED, "created", "created_at"),
        (TIMED, "-created", "created_at"),
        (TIMED, "seen", "seenOn"),
        (TIMED, "created_at", "created_at"),
        (TIMED, "creat", None),
        (TIMED, "", None),
        # Which of the two is meant, nothing says.
        (BOTH, "made", None),
    ],
)
def test_an_order_may_name_a_time_by_its_word(item: Any, value: str, ordered: str | None, tmp_path: Path) -> None:
    listed = {**TEXT, "enum": [value, "other"]}

    found = listing_of(tmp_path, {"type": "array", "items": item}, ("sort", listed))

    assert found is not None
    assert [order.name for order in found.orders] == ([ordered] if ordered is not None else [])


@pytest.mark.parametrize(
    ("parameter", "name_of_next", "limit"),
    [
        ("continuationToken", "nextContinuationToken", "maxKeys"),
        ("marker", "NextMarker", "max-keys"),
        ("continue", "continue", "limit"),
        ("nextPageToken", "nextPageToken", "pageSize"),
    ],
)
def test_cursors_as_houses_call_them(parameter: str, name_of_next: str, limit: str, tmp_path: Path) -> None:
    led = {"type": "object", "properties": {"data": MANY, name_of_next: TEXT}}

    found = listing_of(tmp_path, led, (parameter, TEXT), (limit, NUMBER))

    assert found is not None
    assert (name(found.cursor), found.next, name(found.limit)) == (parameter, (name_of_next,), limit)
