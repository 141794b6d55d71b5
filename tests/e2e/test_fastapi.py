"""A FastAPI application from its own `/openapi.json`: generated, and called by both clients over HTTP."""

from __future__ import annotations

import asyncio
import functools
import importlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
import uvicorn
from vcsdk.pipeline import Described, read_api

from tests.e2e.fastapi_app.application import application
from tests.generated import imported, write_client

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(application(), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def described(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Described:
    path = tmp_path_factory.mktemp("shop") / "openapi.json"
    path.write_bytes(httpx2.get(f"{origin}/openapi.json").content)
    return read_api(path)


@pytest.fixture(scope="module")
def shop(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("sdk"))
    with imported(source, described.config.package.module) as module:
        yield module


Ask = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest, shop: ModuleType, described: Described, origin: str) -> Ask:
    """Calls the method of a request line, whatever it is called; `how` wraps it, streams come as lists."""

    def method_of(client: Any, line: str, how: str) -> Any:
        verb, _, path = line.partition(" ")
        operation = next(o for o in described.api.operations if (o.method, o.path) == (verb, path))
        found = client
        for name in operation.python_path.split("."):
            found = getattr(found, name)
        return getattr(client, how)(found) if how else found

    def sync(line: str, how: str = "", **arguments: Any) -> Any:
        with shop.Shop(origin, retries=0) as client:
            given = method_of(client, line, how)(**arguments)
            return list(given) if hasattr(given, "__next__") else given

    async def run(line: str, how: str, arguments: dict[str, Any]) -> Any:
        async with shop.AsyncShop(origin, retries=0) as client:
            given = await method_of(client, line, how)(**arguments)
            return [item async for item in given] if hasattr(given, "__anext__") else given

    def asynchronous(line: str, how: str = "", **arguments: Any) -> Any:
        return asyncio.run(run(line, how, arguments))

    return sync if request.param == "sync" else asynchronous


def test_everything_is_emitted(described: Described) -> None:
    assert [str(d) for d in described.diagnostics if d.level.value == "error"] == []
    assert len(described.api.operations) == 32


def test_parameters_of_every_kind(ask: Ask, shop: ModuleType) -> None:
    models, key = shop.models, uuid.uuid4()
    path = "GET /parameters/path/{number}/{colour}/{key}/{rest}"
    given = ask(path, number=7, colour=models.Colour.BLUE, key=key, rest="a b;ü")
    assert given == [7, "blue", str(key), "a b;ü"]
    query = {"text": "a&b=é +", "ratio": 0.5, "flag": True, "day": date(2026, 1, 2), "at": NOW}
    span = timedelta(hours=1, seconds=2)
    given = ask("GET /parameters/query", **query, span=span, several=[1, 2], maybe=None, other_name="é/")
    assert given == {
        **query,
        "day": "2026-01-02",
        "at": "2026-01-02T03:04:05Z",
        "span": 3602.0,
        "several": [1, 2],
        "colour": "blue",
        "maybe": None,
        "other": "é/",
    }
    assert ask("GET /parameters/filter", limit=5, tags=["a", "b"]) == models.Filter(
        limit=5, order="up", tags=["a", "b"]
    )
    assert ask("GET /parameters/header", x_token="t", number=3) == ["t", None, 3]
    assert ask("GET /parameters/cookie", visitor="a/b==:{1}", theme="dark") == ["a/b==:{1}", "dark"]


def test_what_does_not_fit_is_refused_before_and_by_the_server(ask: Ask, shop: ModuleType) -> None:
    with pytest.raises(shop.ArgumentError, match="limit"):
        ask("GET /parameters/filter", limit=0)
    with pytest.raises(shop.ApiError) as caught:
        ask(
            "GET /parameters/path/{number}/{colour}/{key}/{rest}",
            number=1,
            colour=shop.models.Colour("green"),
            key=uuid.uuid4(),
            rest="x",
        )
    assert caught.value.status == 422
    assert caught.value.data.detail[0].loc == ["path", "colour"]


def test_bodies_of_every_kind(ask: Ask, shop: ModuleType) -> None:
    models = shop.models
    point = models.Point(x=1.5, y=None)
    item = models.Item(name="é", price=2.5, made=NOW, tags=["a"], place=point, extra={"k": 1}, colour=models.Colour.RED)
    fields = {name: getattr(item, name) for name in ("name", "price", "made", "tags", "place", "extra", "colour")}
    assert ask("POST /bodies/item", **fields) == item
    given = ask("PUT /bodies/several/{number}", number=3, item=item, importance=2, note=None)
    assert (given["number"], given["importance"], given["note"], given["item"]["name"]) == (3, 2, None, "é")
    for pet in (models.Cat(lives=9), models.Dog(tricks=["sit"])):
        assert ask("POST /bodies/pet", body=pet) == pet
    for value in (point, item, [1, 2], "text"):
        assert ask("POST /bodies/undecided", body=value) == value
    body = models.Open(name="n", additional_properties={"more": [1]})
    assert ask("POST /bodies/open", body=body) == body
    assert ask("POST /bodies/maybe", body=point) == point
    assert ask("POST /bodies/maybe", body=None) is None
    assert ask("POST /bodies/maybe") is None
    assert ask("PATCH /bodies/list", body=[point, point]) == [point, point]


def test_forms_and_files(ask: Ask, shop: ModuleType, tmp_path: Path) -> None:
    login = shop.models.Login(user="é&", remember=True, scopes=["a", "b"])
    assert ask("POST /forms/login", user="é&", remember=True, scopes=["a", "b"]) == login
    assert ask("POST /forms/fields", name="n", age=5, many=[1, 2]) == ["n", 5, [1, 2]]
    assert ask("POST /forms/fields", name="n") == ["n", None, []]
    octets = "application/octet-stream"
    path = tmp_path / "disk.iso"
    path.write_bytes(b"x" * 100_000)
    assert ask("POST /forms/file", file=b"123", note="n") == ["file", octets, 3, "n"]
    assert ask("POST /forms/file", file=path.open("rb")) == ["disk.iso", octets, 100_000, ""]
    upload = shop.Upload(iter([b"1", b"2"]), "a.png", "image/png")
    assert ask("POST /forms/file", file=upload, note="é") == ["a.png", "image/png", 2, "é"]
    assert ask("POST /forms/maybe") == [None, None]
    assert ask("POST /forms/maybe", file=None, meta='{"x": 2}') == [None, 2.0]
    assert ask("POST /forms/maybe", file=b"1") == [["file", octets, 1], None]
    assert [told[2] for told in ask("POST /forms/files", files=[b"1", b"22"])] == [1, 2]
    assert ask("POST /forms/bytes", data=b"\x00\xff") == 2
    told: dict[str, list[tuple[int, int | None]]] = {"a": [], "b": []}
    files = [
        shop.Upload(path.open("rb"), "a", on_progress=lambda *how_far: told["a"].append(how_far)),
        shop.Upload([b"12", b"3"], "b", on_progress=lambda *how_far: told["b"].append(how_far)),
    ]
    assert ask("POST /forms/files", files=files) == [["a", octets, 100_000], ["b", octets, 3]]
    assert told == {"a": [(65_536, 100_000), (100_000, 100_000)], "b": [(2, 3), (3, 3)]}


def test_answers_of_every_kind(ask: Ask, shop: ModuleType) -> None:
    assert ask("GET /answers/file").startswith((b'"""A FastAPI application', '"""A FastAPI application'))
    assert ask("GET /answers/image") == b"\x89PNG\x00\xff"
    assert ask("GET /answers/text") == "grün"
    assert ask("GET /answers/html") == "<p>grün"
    assert len(ask("GET /answers/bytes", "with_raw_response").content) == 100_000
    assert ask("DELETE /answers/nothing") is None
    assert ask("GET /answers/elsewhere") is None
    raw = ask("GET /answers/elsewhere", "with_raw_response")
    assert (raw.status, raw.headers["location"]) == (307, "https://files.example/x")
    raw = ask("GET /answers/headers", "with_raw_response")
    assert (raw.parsed, raw.headers["x-next"], "s3cret" in repr(raw)) == ({"a": 1}, "p2", False)


@pytest.mark.parametrize("line", ["GET /answers/bytes", "GET /answers/file", "GET /answers/image"])
def test_a_download_is_kept_in_a_file(
    line: str, shop: ModuleType, described: Described, origin: str, tmp_path: Path
) -> None:
    operation = next(o for o in described.api.operations if f"{o.method} {o.path}" == line)
    there = httpx2.get(f"{origin}{operation.path}").content

    def method(client: Any) -> Any:
        return functools.reduce(getattr, operation.python_path.split("."), client)

    with shop.Shop(origin) as client, client.with_streaming_response(method(client))() as answer:
        assert answer.save(tmp_path / "sync") == len(there)

    async def run() -> None:
        async with shop.AsyncShop(origin) as client:
            async with client.with_streaming_response(method(client))() as answer:
                assert await answer.save(tmp_path / "async") == len(there)

    asyncio.run(run())
    assert (tmp_path / "sync").read_bytes() == (tmp_path / "async").read_bytes() == there


def test_errors(ask: Ask, shop: ModuleType) -> None:
    for status, kind in ((404, shop.NotFoundError), (409, shop.ConflictError)):
        with pytest.raises(kind) as caught:
            ask("GET /answers/trouble/{status}", status=status)
        assert caught.value.data == shop.models.Trouble(code=status, reason="it is so")
    with pytest.raises(shop.ServerError, match="broken"):
        ask("GET /answers/trouble/{status}", status=500)


def test_streams(ask: Ask, shop: ModuleType) -> None:
    models = shop.models
    points = [models.Point(x=float(number), y=None) for number in range(3)]
    assert ask("GET /streams/lines") == points
    assert ask("GET /streams/lines", count=0) == []
    assert ask("GET /streams/events") == points
    assert ask("GET /streams/texts") == ["one", "two\nlines"]
    chatted = ask("POST /streams/chat", name="n", price=1.0)
    assert [item.name for item in chatted] == ["n", "n"]


def test_a_webhook(shop: ModuleType) -> None:
    sold = shop.webhooks.item_sold(b'{"item": {"name": "n", "price": 1}, "count": 2}')
    assert (sold.item.name, sold.item.price, sold.count) == ("n", 1.0, 2)
    with pytest.raises(ValueError, match="count"):
        shop.webhooks.item_sold(b'{"item": {"name": "n", "price": 1}}')


def test_a_stream_that_is_resumed(shop: ModuleType, described: Described, origin: str) -> None:
    operation = next(o for o in described.api.operations if o.path == "/streams/resumed")
    with shop.Shop(origin) as client:
        method: Any = client
        for name in operation.python_path.split("."):
            method = getattr(method, name)
        with method() as stream:
            seen = []
            for event in stream.events():
                seen.append((event.type, event.id, event.data))
                if event.type == "end":
                    break
    assert seen == [("point", str(n), f'{{"x": {n}}}') for n in range(5)] + [("end", "9", '{"x": -1}')]


def test_operations_from_the_shell(
    shop: ModuleType, described: Described, origin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every operation that needs no argument gives from the shell what it gives a program."""
    run = importlib.import_module(f"{shop.__name__}._runtime.shell").run
    tried = 0
    for operation in described.api.operations:
        if operation.method != "GET" or any(argument.required for argument in operation.arguments):
            continue
        with shop.Shop(origin, retries=0) as client:
            method = functools.reduce(getattr, operation.python_path.split("."), client)
            try:
                given = client.with_raw_response(method)()
            except shop.ApiError:
                continue
        if given.headers.get("content-type") != "application/json":
            continue
        capsys.readouterr()
        assert (
            run(shop.Shop, shop.__name__, "shop", ["--target", origin, "--json", *operation.python_path.split(".")])
            == 0
        )
        out, err = capsys.readouterr()
        assert err == ""
        assert json.loads(out) == json.loads(given.content), operation.python_path
        tried += 1
    assert tried >= 2
