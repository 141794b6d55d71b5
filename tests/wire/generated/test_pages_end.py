"""Where the pages of a list end, and what leads nowhere: circles, other servers, addresses that are none."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, Seen, client_of, serving, sync
from tests.wire.generated.listed import ALL, INTEGER, KINDS, TEXT, asked, listing, query

BOOLEAN = {"type": "boolean"}
PAGE = [asked("page", "integer", default=1), asked("size", "integer")]
OFFSET = [asked("offset", "integer"), asked("limit", "integer")]
CURSOR = [asked("cursor")]
NEXT = {"next_cursor": TEXT}
IDS = [item["id"] for item in ALL]


def pages_of(generate: Generates, document: dict[str, Any], *answers: Any, **arguments: Any) -> tuple[list[int], int]:
    """What comes of a server that answers so in turn, the last one again and again; and how often it was asked."""
    rest = itertools.chain(answers, itertools.repeat(answers[-1]))
    with sync(generate(**document), lambda _: Reply(json=next(rest))) as (client, server):
        return [item.id for item in client.things.call(**arguments).pages(max_pages=9)], len(server.seen)


def page(*ids: int, **beside: Any) -> dict[str, Any]:
    return {"items": [{"id": n} for n in ids], **beside}


ENDS: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[Any], int]] = {
    "an empty page": (PAGE, {}, [page(1, 2), page(3, 4), page()], 3),
    "a short page says nothing": (PAGE, {}, [page(1, 2), page(3), page(4), page()], 4),
    "a total": (PAGE, {"total": INTEGER}, [page(1, 2, total=4), page(3, 4, total=4)], 2),
    "a total on one page": (PAGE, {"total": INTEGER}, [page(1, 2, total=2), page(3, total=2)], 1),
    "an unknown total": (PAGE, {"total": INTEGER}, [page(1, 2, total=0), page(3, total=-1), page()], 3),
    "pages": (PAGE, {"totalPages": INTEGER}, [page(1, 2, totalPages=2), page(3, totalPages=2)], 2),
    "no more": (PAGE, {"hasMore": BOOLEAN}, [page(1, 2, hasMore=True), page(3, hasMore=False)], 2),
    "more": (PAGE, {"hasMore": BOOLEAN}, [page(1, hasMore=True), page(hasMore=True), page(2, hasMore=False)], 3),
    "the last": (PAGE, {"last": BOOLEAN}, [page(1, 2, last=False), page(3, 4, last=True)], 2),
    "an offset, an empty page": (OFFSET, {}, [page(1, 2), page(3, 4), page()], 3),
    "an offset, a total": (OFFSET, {"total": INTEGER}, [page(1, 2, total=4), page(3, 4, total=4)], 2),
    "an empty cursor": (CURSOR, NEXT, [page(1, next_cursor="a"), page(next_cursor="b"), page(2, next_cursor="")], 3),
    "an absent cursor": (CURSOR, NEXT, [page(1, next_cursor="a"), page(2)], 2),
    "a cursor that is 0": (
        [asked("cursor", "integer")],
        {"next_cursor": INTEGER},
        [page(1, next_cursor=7), page(2, next_cursor=0)],
        2,
    ),
    "a cursor, no more": (
        CURSOR,
        {**NEXT, "has_more": BOOLEAN},
        [page(1, next_cursor="a", has_more=True), page(2, next_cursor="b", has_more=False)],
        2,
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_ends(end: str, generate: Generates) -> None:
    parameters, properties, answers, asked_for = ENDS[end]
    found, count = pages_of(generate, listing(parameters, properties), *answers)
    assert count == asked_for
    assert found == [item["id"] for answer in answers[:asked_for] for item in answer["items"]]


def test_a_total_counts_what_was_passed_over(generate: Generates) -> None:
    document, handler = KINDS["page from 1"]
    with sync(generate(**document), handler) as (client, server):
        assert [item.id for item in client.things.call(page=2, size=2).pages()] == IDS[2:]
        assert [query(each)["page"] for each in server.seen] == ["2", "3"]


def test_a_server_may_give_fewer_than_were_asked_for(generate: Generates) -> None:
    document = listing(PAGE, {"total": INTEGER})

    def capped(seen: Seen) -> Reply:
        number = int(query(seen).get("page", 1))
        return Reply(json={"items": ALL[(number - 1) * 2 : number * 2], "total": 5})

    with sync(generate(**document), capped) as (client, _):
        assert [item.id for item in client.things.call(page=2, size=1000).pages()] == IDS[2:]


def refused(generate: Generates, document: dict[str, Any], answer: Callable[[Seen], Reply], match: str) -> list[Seen]:
    """The requests before each kind of client raises a PagingError."""
    package = generate(**document)
    with serving(answer) as server:
        with client_of(package)(server.origin, retries=0, token="s3cret") as client:
            found = client.things.call().pages(max_pages=5)
            with pytest.raises(package.PagingError, match=match) as raised:
                list(found)
            assert isinstance(raised.value, package.SdkError)
            assert raised.value.operation == "things.call"
            assert "s3cret" not in f"{raised.value!r} {raised.value} {vars(raised.value)}"
        seen = list(server.seen)

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin, retries=0, token="s3cret") as client:
                with pytest.raises(package.PagingError, match=match):
                    _ = [item async for item in client.things.call().pages(max_pages=5)]

        asyncio.run(run())
        assert len(server.seen) == 2 * len(seen)
        return seen


def secured(document: dict[str, Any]) -> dict[str, Any]:
    document["components"]["securitySchemes"] = {"b": {"type": "http", "scheme": "bearer"}}
    return {**document, "security": [{"b": []}]}


def test_a_cursor_that_comes_again(generate: Generates) -> None:
    turn = {"": "a", "a": "b", "b": "a"}
    document = secured(listing(CURSOR, {"next_cursor": TEXT}))
    seen = refused(
        generate, document, lambda s: Reply(json=page(1, next_cursor=turn[query(s).get("cursor", "")])), "came before"
    )
    assert [query(each).get("cursor") for each in seen] == [None, "a", "b"]


def test_a_cursor_that_was_given_and_comes_back(generate: Generates) -> None:
    package = generate(**listing(CURSOR, {"next_cursor": TEXT}))
    with serving(lambda _: Reply(json=page(1, next_cursor="a"))) as server, client_of(package)(server.origin) as client:
        with pytest.raises(package.PagingError, match="came before"):
            list(client.things.call(cursor="a").pages(max_pages=5))
        assert len(server.seen) == 1


@pytest.mark.parametrize("kind", ["next", "link"])
@pytest.mark.parametrize(
    ("target", "match", "requests"),
    [
        ("https://{host}/things?from=2", "said to be at https://127", 1),
        ("http://{host}1/things", "said to be at http://127", 1),
        ("http://localhost:{port}/things", "said to be at http://localhost", 1),
        ("//evil.example/things", "http://evil.example", 1),
        ("http://127.0.0.1/things", "said to be at http://127.0.0.1,", 1),
        ("http://user:pw@{host}/things?from=2", "has a user in it", 1),
        ("http://{host}@evil.example/things", "said to be at http://evil.example", 1),
        ("javascript:alert(1)", "`javascript:`", 1),
        ("file:///etc/passwd", "`file:`", 1),
        ("http://[::1/things", "is no address", 1),
        ("/things", "came before", 1),
        ("?from=1", "came before", 2),
    ],
)
def test_where_a_link_may_not_lead(kind: str, target: str, match: str, requests: int, generate: Generates) -> None:
    document, _ = KINDS[kind]

    def answer(seen: Seen) -> Reply:
        host = seen.headers["host"]
        where = target.format(host=host, port=host.rpartition(":")[2])
        if kind == "next":
            return Reply(json={"items": ALL[:1], "next": where})
        return Reply(json=ALL[:1], headers={"Link": f'<{where}>; rel="next"'})

    seen = refused(generate, secured(dict(document, components=dict(document["components"]))), answer, match)
    assert len(seen) == requests
    assert {each.headers["authorization"] for each in seen} == {"Bearer s3cret"}


def test_a_key_that_the_server_repeats_is_sent_once(generate: Generates) -> None:
    document, handler = KINDS["next"]
    document = dict(document, components=dict(document["components"]), security=[{"k": []}])
    document["components"]["securitySchemes"] = {"k": {"type": "apiKey", "in": "query", "name": "api key"}}

    def repeating(seen: Seen) -> Reply:
        reply = handler(seen)
        if reply.json["next"]:
            reply.json["next"] += "&api%20key=OLD"
        return reply

    with sync(generate(**document), repeating, api_key="k 1") as (client, server):
        assert [item.id for item in client.things.call().pages()] == IDS
        assert [each.target.count("api%20key=") for each in server.seen] == [1, 1, 1]
        assert {query(each)["api key"] for each in server.seen} == {"k 1"}


def test_a_link_below_a_base_with_a_path(generate: Generates) -> None:
    document, _ = KINDS["link"]

    def answer(seen: Seen) -> Reply:
        number = int(query(seen).get("from", 0))
        assert seen.target.startswith("/gw/v1/things")
        return Reply(
            json=[{"id": number}], headers={"Link": f"<things?from={number + 1}>; rel=next"} if number < 3 else {}
        )

    package = generate(**document)
    with serving(answer) as server, client_of(package)(f"{server.origin}/gw/v1") as client:
        assert [item.id for item in client.things.call(q="x").pages()] == [0, 1, 2, 3]


def test_a_page_that_was_not_asked_for(generate: Generates) -> None:
    document = secured(listing(PAGE, {"page": INTEGER}))
    seen = refused(
        generate, document, lambda _: Reply(json=page(1, page=0)), "page 1 was asked for, and page 0 answered"
    )
    assert len(seen) == 2


def test_a_bound_is_the_callers(generate: Generates) -> None:
    found, count = pages_of(generate, listing(PAGE, {}), page(1))
    assert (found, count) == ([1] * 9, 9)


def test_an_error_on_the_way(generate: Generates) -> None:
    document, handler = KINDS["cursor"]
    package = generate(**document)

    def answer(seen: Seen) -> Reply:
        return Reply(404) if query(seen).get("cursor") == "at 4" else handler(seen)

    with sync(package, answer) as (client, _):
        items = iter(client.things.call().pages())
        got = [next(items).id for _ in range(4)]
        with pytest.raises(package.NotFoundError):
            next(items)
    assert got == [0, 1, 2, 3]


def test_a_first_page_that_failed_is_asked_for_again(generate: Generates) -> None:
    document, handler = KINDS["cursor"]
    package = generate(**document)
    failing = [True]

    async def run() -> None:
        async with client_of(package, asynchronous=True)(server.origin, retries=0) as client:
            pages = client.things.call().pages()
            with pytest.raises(package.UnavailableError):
                _ = [item async for item in pages]
            assert [item.id async for item in pages] == IDS
            assert [item.id async for item in pages] == IDS

    with serving(lambda seen: Reply(503) if failing and failing.pop() else handler(seen)) as server:
        asyncio.run(run())
        assert len(server.seen) == 1 + 3 + 2
