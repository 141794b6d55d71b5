"""Lists page by page, against servers that show them in each way there is."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, Seen, client_of, serving, sync
from tests.wire.generated.listed import ALL, INTEGER, KINDS, TEXT, asked, listing, query

IDS = [item["id"] for item in ALL]


def walked(package: Any, handler: Any, use: Any, ause: Any) -> list[list[Seen]]:
    """The requests of the synchronous and of the asynchronous client."""
    found = []
    with serving(handler) as server:
        with client_of(package)(server.origin, retries=0, headers={"x-base": "b"}) as client:
            use(client)
        found.append(list(server.seen))
        server.seen.clear()

        async def run() -> None:
            options: dict[str, Any] = {"retries": 0, "headers": {"x-base": "b"}}
            async with client_of(package, asynchronous=True)(server.origin, **options) as client:
                await ause(client)

        asyncio.run(run())
        found.append(list(server.seen))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_items_of_all_pages(kind: str, generate: Generates) -> None:
    document, handler = KINDS[kind]

    def use(client: Any) -> None:
        found = client.things.call(q="a&b").pages()
        assert [item.id for item in found] == IDS
        assert [type(item).__name__ for item in found] == ["Item"] * 5, "again from the first page"

    async def ause(client: Any) -> None:
        found = client.things.call(q="a&b").pages()
        assert [item.id async for item in found] == IDS
        page = await client.things.call(q="a&b")
        assert [item.id async for item in page.pages()] == IDS

    for seen in walked(generate(**document), handler, use, ause):
        assert {query(each)["q"] for each in seen} == {"a&b"}, "each page is asked for with the arguments of the first"
        assert {each.headers["x-base"] for each in seen} == {"b"}
        first = [each for each in seen if query(each).keys() == {"q"}]
        assert len(first) in (1, 2), "the first page is asked for once by each call"


@pytest.mark.parametrize("kind", KINDS)
def test_whole_pages(kind: str, generate: Generates) -> None:
    document, handler = KINDS[kind]

    def shown(page: Any) -> list[int]:
        return [item.id for item in (page if isinstance(page, list) else page.items)]

    def use(client: Any) -> None:
        pages = [shown(page) for page in client.things.call().pages().by_page()]
        assert [page for page in pages if page] == [[0, 1], [2, 3], [4]]
        second = list(client.things.call().pages(max_pages=2).by_page())[1]
        assert [item.id for item in second.pages()] == [2, 3, 4], "a page leads on wherever it stands"

    async def ause(client: Any) -> None:
        pages = [shown(page) async for page in client.things.call().pages().by_page()]
        assert [page for page in pages if page] == [[0, 1], [2, 3], [4]]
        assert len([page async for page in client.things.call().pages(max_pages=2).by_page()]) == 2

    walked(generate(**document), handler, use, ause)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_looked_at_is_not_asked_for(kind: str, generate: Generates) -> None:
    document, handler = KINDS[kind]

    def use(client: Any) -> None:
        pages = client.things.call().pages()
        assert [item.id for item, _ in zip(pages, range(2), strict=False)] == [0, 1]

    async def ause(client: Any) -> None:
        client.things.call()
        found = client.things.call().pages()
        async for item in found:
            assert item.id in (0, 1)
            if item.id == 1:
                break

    sync_seen, async_seen = walked(generate(**document), handler, use, ause)
    assert len(sync_seen) <= 2
    assert len(async_seen) == 1, "what is not awaited is not sent"


@pytest.mark.parametrize("kind", ["cursor", "offset"])
def test_the_answer_is_what_it_was(kind: str, generate: Generates) -> None:
    document, handler = KINDS[kind]
    package = generate(**document)
    models = import_module("thing.models")
    with sync(package, handler) as (client, _):
        page = client.things.call()
        plain = list(page) if kind == "offset" else models.ItemPage(items=list(page.items), meta=page.meta)
        assert isinstance(page, list if kind == "offset" else models.ItemPage)
        assert (page == plain, plain == page, page != plain) == (True, True, False)
        assert repr(page) == repr(plain)
        for copied in (copy.deepcopy(page), pickle.loads(pickle.dumps(page))):
            assert copied == plain
            assert type(copied) is type(plain)
        raw = client.with_raw_response(client.things.call)()
        assert raw.parsed == plain
        assert [item.id for item in raw.parsed.pages()] == IDS
        with client.with_streaming_response(client.things.call)() as answer:
            assert b'"id":0' in b"".join(answer.iter_bytes())

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin) as aclient:
            assert asyncio.iscoroutine(aclient.things.call())
            assert await asyncio.create_task(aclient.things.call()) == plain
            assert await asyncio.wait_for(aclient.things.call(), 10) == plain
            assert (await asyncio.gather(aclient.things.call(), aclient.things.call()))[1] == plain
            assert (await aclient.with_raw_response(aclient.things.call)()).parsed == plain
            async with aclient.with_streaming_response(aclient.things.call)() as answer:
                assert answer.status == 200
            call = aclient.things.call()
            assert await call == plain
            assert [item.id async for item in call.pages()] == IDS
            with pytest.raises(RuntimeError):
                await call

    with serving(handler) as server:
        asyncio.run(run(server.origin))


def test_options_and_repetitions_go_with_each_page(generate: Generates) -> None:
    document, handler = KINDS["next"]
    package = generate(**document)
    failing: set[str] = set()

    def flaky(seen: Seen) -> Reply:
        if seen.target not in failing:
            failing.add(seen.target)
            return Reply(503)
        return handler(seen)

    with serving(flaky) as server, client_of(package)(server.origin, retries=0) as client:
        retries = import_module("thing._runtime").Retries(count=2, first=0.001)
        other = client.with_options(headers={"x-trace": "t"}, query={"tag": "u"}, retries=retries)
        assert [item.id for item in other.things.call(timeout=30).pages()] == IDS
        assert len(server.seen) == 6
        assert {each.headers["x-trace"] for each in server.seen} == {"t"}
        assert {query(each)["tag"] for each in server.seen} == {"u"}
        failing.clear()
        with pytest.raises(package.UnavailableError):
            list(client.things.call().pages())


def test_a_body_and_its_content_type_go_with_each_page(generate: Generates) -> None:
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "properties": {"f": INTEGER}}}},
    }
    document = listing([asked("page", "integer", default=1), asked("size", "integer")], {}, method="post", body=body)
    with sync(generate(**document), KINDS["page from 1"][1]) as (client, server):
        assert [item.id for item in client.things.call(f=7, size=3).pages()] == IDS
        assert {each.body for each in server.seen} == {b'{"f":7}'}
        assert [(each.method, query(each)) for each in server.seen] == [
            ("POST", {"size": "3"}),
            ("POST", {"size": "3", "page": "2"}),
            ("POST", {"size": "3", "page": "3"}),
        ]


def test_a_property_called_pages_keeps_its_name(generate: Generates) -> None:
    document = listing(
        [asked("page", "integer", default=1), asked("size", "integer")], {"pages": INTEGER, "total": INTEGER}
    )
    handler = KINDS["page from 1"][1]

    def use(client: Any) -> None:
        page = client.things.call()
        assert page.pages is None
        assert [item.id for item in page.pages_()] == IDS

    async def ause(client: Any) -> None:
        assert [item.id async for item in client.things.call().pages()] == IDS
        assert [item.id async for item in (await client.things.call()).pages_()] == IDS

    walked(generate(**document), handler, use, ause)


def test_a_model_with_further_properties(generate: Generates) -> None:
    document = listing(
        [asked("cursor")], {"meta": KINDS["cursor"][0]["components"]["schemas"]["ItemPage"]["properties"]["meta"]}
    )
    document["components"]["schemas"]["ItemPage"]["additionalProperties"] = {"type": "integer"}
    handler = KINDS["cursor"][1]

    def more(seen: Seen) -> Reply:
        found = handler(seen)
        return Reply(json={**found.json, "spare": 1})

    with sync(generate(**document), more) as (client, _):
        page = client.things.call()
        assert page.additional_properties == {"spare": 1}
        assert [item.id for item in page.pages()] == IDS
        copied = pickle.loads(pickle.dumps(page))
        assert copied == page
        assert not hasattr(copied, "pages")


def test_what_was_made_leads_nowhere(generate: Generates) -> None:
    document, handler = KINDS["cursor"]
    package = generate(**document)
    with sync(package, handler) as (client, _):
        page = client.things.call()
        with pytest.raises(package.ArgumentError, match="not answered"):
            copy.copy(page).pages()
        for wrong in (0, -1, True, "2"):
            with pytest.raises(package.ArgumentError, match="max_pages"):
                page.pages(max_pages=wrong)
        pages = page.pages()
        client.close()
        with pytest.raises(package.ClientClosed):
            list(pages)


@pytest.mark.parametrize("listed", [True, False], ids=["a list", "an object"])
def test_what_comes_out_of_an_envelope(listed: bool, generate: Generates) -> None:
    """`{"value": …}`, as vCenter 7.0 has it, around a list and around an object with its items."""
    document = listing(
        [asked("marker")] if not listed else [asked("offset", "integer"), asked("limit", "integer")],
        None if listed else {"marker": TEXT},
    )
    document["paths"] = {f"/rest{path}": item for path, item in document["paths"].items()}
    media = document["paths"]["/rest/things"]["get"]["responses"]["200"]["content"]["application/json"]
    media["schema"] = {"type": "object", "properties": {"value": media["schema"]}, "required": ["value"]}
    document["components"]["schemas"]["vapi.std.errors.error"] = {"type": "object"}

    def answer(seen: Seen) -> Reply:
        start = int(query(seen).get("offset", query(seen).get("marker", "0")))
        found: Any = ALL[start : start + 2]
        if not listed:
            found = {"items": found, **({"marker": f"{start + 2}"} if start + 2 < len(ALL) else {})}
        return Reply(json={"value": found})

    with sync(generate(**document), answer, token="t") as (client, server):
        page = client.things.call()
        assert [item.id for item in (page if listed else page.items)] == [0, 1]
        assert [item.id for item in page.pages()] == IDS
        assert {each.headers["vmware-api-session-id"] for each in server.seen} == {"t"}


def test_an_answer_that_is_no_page_ends_them(generate: Generates) -> None:
    """A documented redirect, of which a client makes None."""
    document = listing([asked("cursor")], {"next_cursor": TEXT})
    document["paths"]["/things"]["get"]["responses"]["304"] = {"description": "As before."}

    def answer(seen: Seen) -> Reply:
        return Reply(304) if query(seen) else Reply(json={"items": ALL[:1], "next_cursor": "a"})

    package = generate(**document)
    with sync(package, answer) as (client, _):
        assert client.things.call(cursor="b") is None
        assert [item.id for item in client.things.call().pages()] == [0]
    with serving(lambda _: Reply(304)) as server:

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin) as client:
                assert [item async for item in client.things.call().pages()] == []

        asyncio.run(run())


def test_a_deprecated_list(generate: Generates) -> None:
    document, handler = KINDS["cursor"]
    document = copy.deepcopy(document)
    document["paths"]["/things"]["get"]["deprecated"] = True
    package = generate(**document)
    with sync(package, handler) as (client, _), pytest.warns(DeprecationWarning, match="things.call"):
        assert [item.id for item in client.things.call().pages()] == IDS
    with serving(handler) as server:

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin) as client:
                with pytest.warns(DeprecationWarning, match="things.call"):
                    call = client.things.call()
                assert [item.id async for item in call.pages()] == IDS

        asyncio.run(run())


def test_a_short_page_ends_where_the_configuration_says_so(tmp_path: Path) -> None:
    document = listing([asked("page", "integer"), asked("size", "integer", default=2)], {"total": INTEGER})
    path = tmp_path / "thing.json"
    path.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, **document}))
    (tmp_path / "thing.toml").write_text('[operations."things.call".pages]\nfirst = 1\nshort_page_ends = true\n')
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    pages = {"1": ALL[:2], "2": ALL[2:4], "3": ALL[4:]}

    def answer(seen: Seen) -> Reply:
        return Reply(json={"items": pages[query(seen).get("page", "1")]})

    with imported(source, "thing") as package, sync(package, answer) as (client, server):
        assert [item.id for item in client.things.call().pages()] == IDS
        assert len(server.seen) == 3
        assert [item.id for item in client.things.call(size=3).pages()] == [0, 1], "two of three"
