"""What is read of pages in parameters and answers, what is not, and what the configuration says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import InputError
from vcsdk.ir import Operation, Paging
from vcsdk.ir.listing import listing_in
from vcsdk.pipeline import Described, read_api

from tests.wire.generated.listed import INTEGER, TEXT, asked, listing

PAGE, SIZE, OFFSET, LIMIT = (
    asked(name, "integer", **more)
    for name, more in (("page", {"default": 1}), ("size", {}), ("offset", {}), ("limit", {}))
)
CURSOR = asked("cursor")
URI = {"type": "string", "format": "uri", "nullable": True}
NUMBERS = {"type": "array", "items": INTEGER}
LINK = {"Link": {"schema": TEXT}}
LINKS = {"type": "array", "items": {"type": "object", "properties": {"href": TEXT, "rel": TEXT}}}


def inside(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def at(path: str, document: dict[str, Any]) -> dict[str, Any]:
    """The same at another path, whose last name is its parameter."""
    (item,) = document["paths"].values()
    id_ = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    return {**document, "paths": {path: {"parameters": [id_], **item}}}


def reading(folder: Path, document: dict[str, Any], settings: str = "") -> Described:
    path = folder / "thing.json"
    path.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, **document}))
    if settings:
        (folder / "thing.toml").write_text(f'[operations."things.call"]\n{settings}')
    return read_api(path)


def operation_of(folder: Path, document: dict[str, Any], settings: str = "") -> Operation:
    return reading(folder, document, settings).api.operations[0]


def shown(paging: Paging | None) -> str:
    """The kind, and the ways that lead on."""
    if paging is None:
        return ""
    ways = {"items": paging.items, "next": paging.next, "total": paging.total, "number": paging.number}
    parts = [f"{name}={'.'.join(way)}" for name, way in ways.items() if way]
    names = [name for name in (paging.parameter, paging.size) if name]
    return " ".join([str(paging.kind), *names, *([str(paging.first)] if paging.first is not None else []), *parts])


READ: dict[str, tuple[dict[str, Any], str]] = {
    "page and size": (listing([PAGE, SIZE]), "page page size 1"),
    "an array of scalars": (listing([PAGE, SIZE], {}), "page page size 1 items=items"),
    "JSON:API": (
        listing([asked("page[number]", "integer", minimum=1), asked("page[size]", "integer")], {}, items="data"),
        "page page[number] page[size] 1 items=data",
    ),
    "OData": (listing([asked("$skip", "integer"), asked("$top", "integer")]), "offset $skip $top 0"),
    "what answers say of the page": (
        listing([asked("pageNumber", "integer")], {"pageInfo": inside(pageNumber=INTEGER, totalCount=INTEGER)}),
        "page pageNumber items=items total=pageInfo.totalCount number=pageInfo.pageNumber",
    ),
    "a page that has to be named": (
        listing([{**asked("page", "integer"), "required": True}, SIZE]),
        "page page size",
    ),
    "links beside": (listing([PAGE, SIZE], {"links": LINKS}), "page page size 1 items=items"),
    "links by another name": (listing([PAGE, SIZE], {"actions": LINKS}), "page page size 1 items=items"),
    "the usual name among others": (listing([PAGE, SIZE], {"tags": NUMBERS}), "page page size 1 items=items"),
    "an object around": (
        listing([CURSOR], {"next_cursor": TEXT}),
        "cursor cursor items=items next=next_cursor",
    ),
    "a marker of the same name": (
        listing([asked("marker")], {"marker": TEXT}),
        "cursor marker items=items next=marker",
    ),
    "what Kubernetes says": (
        listing([asked("continue"), LIMIT], {"metadata": inside(**{"continue": TEXT, "resourceVersion": TEXT})}),
        "cursor continue limit items=items next=metadata.continue",
    ),
    "and beside its items": (
        listing([asked("continue")], {"continue": TEXT}),
        "cursor continue items=items next=continue",
    ),
    "a cursor below": (
        listing([asked("after")], {"paging": inside(cursors=inside(after=TEXT))}),
        "cursor after items=items next=paging.cursors.after",
    ),
    "a cursor before an address": (
        listing([CURSOR], {"nextCursor": TEXT, "nextLink": URI}),
        "cursor cursor items=items next=nextCursor",
    ),
    "the cursor of the parameter among others": (
        listing([asked("pageToken")], {"endCursor": TEXT, "nextPageToken": TEXT}),
        "cursor pageToken items=items next=nextPageToken",
    ),
    "an address": (listing([], {"next": URI}), "next items=items next=next"),
    "an address by name": (listing([], {"@odata.nextLink": TEXT}), "next items=items next=@odata.nextLink"),
    "HAL": (listing([], {"_links": inside(next=inside(href=TEXT))}), "next items=items next=_links.next.href"),
    "links of JSON:API": (listing([], {"links": inside(next=TEXT)}), "next items=items next=links.next"),
    "an address before a number": (listing([PAGE, SIZE], {"next": URI}), "next size items=items next=next"),
    "Link": (listing([PAGE, SIZE], headers={"link": {"schema": TEXT}}), "link size"),
    "Link and nothing else": (listing([], headers=LINK), "link"),
    "Link beside a list of one thing's": (at("/things/{id}/parts", listing([], headers=LINK)), "link"),
    "Link beside a list behind a name": (at("/things/{id}", listing([], headers=LINK)), "link"),
    "Link beside a list in an object": (
        listing([], {"total_count": INTEGER, "links": LINKS}, headers=LINK, items="machines"),
        "link items=machines",
    ),
    "Link of an answer that has the usual name": (listing([], {"status": TEXT}, headers=LINK), "link items=items"),
    "Link of one thing, asked for in pages": (
        at("/things/{id}", listing([PAGE, SIZE], {"id": TEXT}, headers=LINK)),
        "link size items=items",
    ),
    "Link of a list whose size is asked for": (
        listing([asked("per_page", "integer")], {"id": TEXT}, headers=LINK),
        "link per_page items=items",
    ),
    "an address behind a name": (
        at("/things/{id}", listing([], {"nextLink": TEXT, "count": INTEGER}, items="value")),
        "next items=value next=nextLink",
    ),
    "an address beside what is known of nothing": (
        listing([], {"next": URI, "region": TEXT}),
        "next items=items next=next",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str, tmp_path: Path) -> None:
    document, expected = READ[name]
    operation = operation_of(tmp_path, document)
    assert (shown(operation.paging), operation.unpaged) == (expected, "")


SILENT: dict[str, dict[str, Any]] = {
    "nothing": listing([]),
    "a size alone": listing([LIMIT]),
    "a page without a size": listing([PAGE]),
    "a filter": listing([asked("name"), asked("size", "integer")]),
    "a page that is a text": listing([asked("page"), SIZE]),
    "a property of the items": listing([asked("id", "integer"), LIMIT]),
    "a date to begin after": listing([asked("after", format="date-time")]),
    "a deletion": listing([PAGE, SIZE], method="delete"),
    "no list": listing([PAGE, SIZE], {}, items="error"),
    "a POST that answers a link": listing([], {"next": URI}, method="post"),
    "whether to go on": listing([asked("continue", "boolean")], {"continue": TEXT}),
    "nothing to continue from": listing([asked("continue")], {"metadata": inside(resourceVersion=TEXT)}),
    "a cursor of ours": listing([asked("after")], {"total": INTEGER}),
    "Link of a thing with a list": listing([], {"id": TEXT, "name": TEXT}, headers=LINK, items="tags"),
    "Link of a thing with a list of the usual name": listing([], {"name": TEXT}, headers=LINK),
    "Link of a thing behind its name": at("/things/{id}", listing([], {"total": INTEGER}, headers=LINK)),
    "Link of a thing in an envelope": listing(
        [], {"data": inside(id=TEXT, tags=NUMBERS)}, headers=LINK, items="errors"
    ),
    "Link of a state": listing([], {"status": TEXT, "version": TEXT}, headers=LINK, items="checks"),
    "an address in a thing behind its name": at(
        "/things/{id}", listing([], {"title": TEXT, "next": URI}, items="lines")
    ),
    "the next of HAL": at("/things/{id}", listing([], {"_links": inside(next=inside(href=TEXT)), "name": TEXT})),
}
SILENT["no list"]["components"]["schemas"]["ItemPage"] = inside(name=TEXT)


@pytest.mark.parametrize("name", SILENT)
def test_what_speaks_of_no_pages(name: str, tmp_path: Path) -> None:
    operation = operation_of(tmp_path, SILENT[name])
    assert (operation.paging, operation.unpaged) == (None, "")


UNCLEAR: dict[str, tuple[dict[str, Any], str]] = {
    "0 or 1": (listing([asked("page", "integer"), SIZE]), "whether the first page is `page=0` or `page=1` is not said"),
    "two lists": (
        listing([PAGE, SIZE], {"others": NUMBERS}, items="things"),
        "the items of its answer may be `things` or `others`",
    ),
    "two ways to count": (listing([PAGE, OFFSET, LIMIT]), "both `page` and `offset` count its pages"),
    "a cursor or an address": (listing([CURSOR], {"next": TEXT}), "`next` of its answer may be a cursor or an address"),
    "two cursors": (
        listing([CURSOR], {"endCursor": TEXT, "nextToken": TEXT}),
        "the next cursor may be `endCursor` or `nextToken` of its answer, for `cursor`",
    ),
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_can_be_read_in_two_ways_is_told(name: str, tmp_path: Path) -> None:
    document, reason = UNCLEAR[name]
    described = reading(tmp_path, document)
    assert (described.api.operations[0].paging, described.api.operations[0].unpaged) == (None, reason)
    (told,) = (found for found in described.diagnostics if found.rule == "unclear-pages")
    assert (told.level, told.message) == ("note", f"no method `pages`: {reason}")
    assert '[operations."call"]' in (told.hint or "")


SET: dict[str, tuple[dict[str, Any], str, str]] = {
    "off": (listing([PAGE, SIZE]), "pages = false", ""),
    "the first page": (UNCLEAR["0 or 1"][0], "pages = { first = 0 }", "page page size 0"),
    "the items": (UNCLEAR["two lists"][0], 'pages = { items = "others" }', "page page size 1 items=others"),
    "a name with a dot": (
        listing([], {"odata.next": TEXT}),
        'pages = { kind = "next", next = ["odata.next"] }',
        "next items=items next=odata.next",
    ),
    "the kind": (UNCLEAR["two ways to count"][0], 'pages = { kind = "offset" }', "offset offset limit 0"),
    "a kind that is not the first": (
        listing([PAGE, SIZE], {"next": URI}),
        'pages = { kind = "page" }',
        "page page size 1 items=items",
    ),
    "a parameter": (
        listing([asked("from", "integer")]),
        'pages = { kind = "offset", parameter = "from" }',
        "offset from 0",
    ),
    "a parameter of a cursor": (
        listing([asked("from")], {"to": TEXT}),
        'pages = { kind = "cursor", parameter = "from", next = "to" }',
        "cursor from items=items next=to",
    ),
    "a header that is not described": (listing([]), 'pages = { kind = "link" }', "link"),
    "an address that is a cursor": (
        UNCLEAR["a cursor or an address"][0],
        'pages = { kind = "cursor", next = "next" }',
        "cursor cursor items=items next=next",
    ),
}


@pytest.mark.parametrize("name", SET)
def test_what_the_configuration_says(name: str, tmp_path: Path) -> None:
    document, settings, expected = SET[name]
    described = reading(tmp_path, document, settings)
    assert shown(described.api.operations[0].paging) == expected
    assert not [found for found in described.diagnostics if found.rule == "unclear-pages"]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no pages": (listing([]), "pages = true", "`pages` is `false`, or a table"),
    "no kind": (listing([PAGE, SIZE]), 'pages = { kind = "pages" }', "cannot be"),
    "no such parameter": (listing([PAGE]), 'pages = { parameter = "p" }', "it has no parameter `p` in its query"),
    "an unknown parameter": (listing([asked("p", "integer")]), 'pages = { parameter = "p" }', "`kind` is missing"),
    "no such items": (listing([PAGE, SIZE], {}), 'pages = { items = "a.b" }', "its answer has no `a`"),
    "items that are no list": (listing([PAGE, SIZE], {"n": INTEGER}), 'pages = { items = "n" }', "`n` is no list"),
    "no such next": (listing([CURSOR], {}), 'pages = { kind = "cursor", next = "n" }', "its answer has no `n`"),
    "nothing to go by": (listing([]), "pages = { first = 1 }", "nothing in it leads to another page"),
    "a negative page": (listing([PAGE, SIZE]), "pages = { first = -1 }", "counts from 0 on"),
    "a word that is none": (listing([PAGE, SIZE]), 'pages = { item = "items" }', "there is no setting"),
    "a text that counts": (listing([asked("p")]), 'pages = { kind = "page", parameter = "p" }', "`p` is no number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_configuration_cannot_say(name: str, tmp_path: Path) -> None:
    document, settings, expected = WRONG[name]
    with pytest.raises(InputError) as raised:
        reading(tmp_path, document, settings)
    assert [expected in found.message for found in raised.value.diagnostics].count(True) == 1
    assert all(found.location.file.endswith("thing.toml") for found in raised.value.diagnostics)


@pytest.mark.parametrize("name", ["page and size", "an object around", "OData"])
def test_contract_tests_and_clients_read_the_same(name: str, tmp_path: Path) -> None:
    api = reading(tmp_path, READ[name][0]).api
    paging, listed = api.operations[0].paging, listing_in(api.operations[0], api.schemas)
    assert paging is not None
    assert listed is not None
    place = listed.cursor or listed.offset or listed.page
    assert place is not None
    assert (place.wire_name, listed.items) == (paging.parameter, paging.items)
    assert listed.next == paging.next
