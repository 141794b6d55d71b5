"""Descriptions of one list each, and servers that show it in pages as each way of asking for them has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.unit.emitters.conftest import ref
from tests.wire.generated.calling import Handler, Reply, Seen, operation

ITEM = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
INTEGER, TEXT = {"type": "integer"}, {"type": "string"}
ALL = [{"id": n} for n in range(5)]


def asked(name: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    """A parameter of the query."""
    return {"name": name, "in": "query", "schema": {"type": type_, **more}}


def listing(
    parameters: list[dict[str, Any]],
    properties: dict[str, Any] | None = None,
    headers: dict[str, Any] | None = None,
    items: str = "items",
    method: str = "get",
    **more: Any,
) -> dict[str, Any]:
    """A list of things; an object with `properties` beside the items, or without them the list alone."""
    array = {"type": "array", "items": ref("Item")}
    page = {"type": "object", "properties": {items: array, **(properties or {})}}
    schema = ref("ItemPage") if properties is not None else array
    answer = {"description": "Things.", "content": {"application/json": {"schema": schema}}}
    if headers:
        answer["headers"] = headers
    named = {"Item": ITEM, **({"ItemPage": page} if properties is not None else {})}
    return operation("/things", method, parameters, answers={"200": answer}, **named, **more)


def query(seen: Seen) -> dict[str, str]:
    """What a request says, the last of each name."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(seen.target).query).items()}


def _by_page(first: int) -> Handler:
    def answer(seen: Seen) -> Reply:
        given = query(seen)
        number, size = int(given.get("page", first)), int(given.get("size", 2))
        start = (number - first) * size
        return Reply(json={"items": ALL[start : start + size], "total": len(ALL), "page": number})

    return answer


def _by_offset(seen: Seen) -> Reply:
    given = query(seen)
    start, size = int(given.get("offset", 0)), int(given.get("limit", 2))
    return Reply(json=ALL[start : start + size])


def _by_cursor(seen: Seen) -> Reply:
    start = int(query(seen).get("cursor", "at 0").removeprefix("at "))
    more = start + 2 < len(ALL)
    return Reply(json={"items": ALL[start : start + 2], "meta": {"next_cursor": f"at {start + 2}" if more else None}})


def _by_address(seen: Seen) -> Reply:
    start = int(query(seen).get("from", 0))
    following = f"http://{seen.headers['host']}/things?from={start + 2}&q=a%26b"
    return Reply(json={"items": ALL[start : start + 2], "next": following if start + 2 < len(ALL) else None})


def _by_link(seen: Seen) -> Reply:
    start = int(query(seen).get("from", 0))
    link = f'</>; rel="first, or so"; title="a,b", <things?from={start + 2}&q=a%26b>; title="x;y"; rel="last Next"'
    return Reply(json=ALL[start : start + 2], headers={"Link": link} if start + 2 < len(ALL) else {})


_LINK = {"Link": {"schema": TEXT}}
_NEXT = {"next": {"type": "string", "format": "uri", "nullable": True}}
_META = {"meta": {"type": "object", "properties": {"next_cursor": {"type": "string", "nullable": True}}}}
_Q = asked("q")
KINDS: dict[str, tuple[dict[str, Any], Handler]] = {
    "page from 1": (
        listing(
            [_Q, asked("page", "integer", default=1), asked("size", "integer")], {"total": INTEGER, "page": INTEGER}
        ),
        _by_page(1),
    ),
    "page from 0": (listing([_Q, asked("page", "integer", minimum=0), asked("size", "integer")], {}), _by_page(0)),
    "offset": (listing([_Q, asked("offset", "integer"), asked("limit", "integer")]), _by_offset),
    "cursor": (listing([_Q, asked("cursor")], _META), _by_cursor),
    "next": (listing([_Q, asked("from", "integer")], _NEXT), _by_address),
    "link": (listing([_Q, asked("from", "integer")], headers=_LINK), _by_link),
}
Change = Callable[[dict[str, Any]], None]
