"""`client.request`: a call of what the description lacks."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Request, Response
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import served
from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.client.conftest import described, package, source
from tests.wire.generated.calling import Reply, both, client_of, operation, serving, sync

__all__ = ["described", "package", "source"]

GET = operation("/x", "get")
KEYS = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "page": {"type": "apiKey", "in": "query", "name": "k"},
    "user": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
}


def app() -> FastAPI:
    made = FastAPI()

    @made.api_route("/echo/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    async def echo(rest: str, request: Request) -> Any:
        body = (await request.body()).decode()
        return [request.method, rest, request.url.query, request.headers.get("content-type"), body]

    @made.get("/empty")
    def empty() -> Response:
        return Response(status_code=200)

    @made.get("/text")
    def text() -> Response:
        return Response("plain", media_type="text/plain")

    @made.get("/missing")
    def missing() -> None:
        raise HTTPException(404, "no such thing")

    return made


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        ("get", {}, ["GET", "a b", "", None, ""]),
        ("POST", {"body": {"a": None}}, ["POST", "a b", "", "application/json", '{"a":null}']),
        ("PUT", {"body": None}, ["PUT", "a b", "", "application/json", "null"]),
        ("PATCH", {"body": [1], "query": {"n": [1, 2]}}, ["PATCH", "a b", "n=1&n=2", "application/json", "[1]"]),
        ("DELETE", {"query": {"force": True}}, ["DELETE", "a b", "force=true", None, ""]),
        (
            "POST",
            {"body": {"a": "1 2"}, "content_type": "application/x-www-form-urlencoded"},
            ["POST", "a b", "", "application/x-www-form-urlencoded", "a=1%202"],
        ),
        (
            "POST",
            {"body": b"raw", "content_type": "application/octet-stream"},
            ["POST", "a b", "", "application/octet-stream", "raw"],
        ),
    ],
)
def test_what_is_sent(method: str, options: dict[str, Any], expected: list[Any], generate: Generates) -> None:
    package = generate(**GET)
    with served(app()) as url:
        found = client_of(package)(url).request(method, "/echo/a%20b", **options)
        assert (found.status, found.parsed) == (200, expected)

        async def run() -> Any:
            async with client_of(package, asynchronous=True)(url) as client:
                return await client.request(method, "/echo/a%20b", **options)

        assert asyncio.run(run()).parsed == found.parsed


def test_what_comes(generate: Generates) -> None:
    package = generate(**GET)
    with served(app()) as url, client_of(package)(url) as client:
        assert (client.request("GET", "/empty").parsed, client.request("GET", "/text").parsed) == (None, "plain")
        with pytest.raises(package.NotFoundError) as caught:
            client.request("GET", "/missing")
        assert caught.value.data == {"detail": "no such thing"}
        with client.with_streaming_response(client.request)("GET", "/text") as answer:
            assert answer.read() == b"plain"


def test_json_that_is_none_is_there_all_the_same(generate: Generates) -> None:
    with sync(generate(**GET), lambda _: Reply(200, body=b"{")) as (client, _):
        found = client.request("GET", "/y")
        assert found.content == b"{"
        with pytest.raises(import_module("thing").UnexpectedAnswer):
            _ = found.parsed


@pytest.mark.parametrize(("method", "calls"), [("GET", 3), ("HEAD", 3), ("POST", 1), ("PUT", 1), ("DELETE", 1)])
def test_only_what_asks_for_no_change_is_repeated(method: str, calls: int, generate: Generates) -> None:
    package = generate(**GET)
    retries = import_module("thing._runtime").Retries(count=2, first=0.001)
    for reply in (Reply(cut="close"), Reply(503)):
        with (
            serving(lambda _, reply=reply: reply) as server,
            client_of(package)(server.origin, retries=retries) as client,
        ):
            with pytest.raises(package.SdkError) as caught:
                client.request(method, "/y")
            assert len(server.seen) == calls
        if reply.cut:
            assert type(caught.value).__name__ == ("ConnectionFailed" if calls == 3 else "OutcomeUnknown")


@pytest.mark.parametrize(
    "path",
    [
        *("", "y", "//evil.example/y", "http://evil.example/y", "/a/../b", "/a/%2E%2e/b", "/a?b=c", "/a#b", "/a b"),
        *("/{id}", "/\\evil", "/\u00e9", "/a\r\nX: y", "/a%zz", "/50%", 7, "@evil.example/"),
    ],
)
def test_no_path_leads_elsewhere(path: Any, generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1)) as server, client_of(package)(server.origin) as client:
        with pytest.raises(package.ArgumentError, match=r"^path: "):
            client.request("GET", path)
        assert server.seen == []


@pytest.mark.parametrize("method", ["", "G T", "CONNECT", "connect", "GET\r\n", None])
def test_what_is_no_method(method: Any, generate: Generates) -> None:
    package = generate(**GET)
    with pytest.raises(package.ArgumentError, match=r"^method: "):
        client_of(package)("http://127.0.0.1:1").request(method, "/y")


def test_all_credentials_that_were_given_go_with_it(generate: Generates) -> None:
    package = generate(
        **{**GET, "security": [{name: []} for name in KEYS], "components": {"securitySchemes": KEYS}},
        servers=[{"url": "/v1"}],
    )
    seen, _ = both(
        package,
        lambda client: client.request("GET", "/y", query={"a": 1}),
        lambda _: Reply(json=1),
        key="k-1",
        page="p-1",
        token="t-1",
    )
    for request in seen:
        assert request.target == "/v1/y?a=1&k=p-1"
        assert (request.headers["x-key"], request.headers["authorization"]) == ("k-1", "Bearer t-1")


def test_none_are_asked_for_where_none_were_given(generate: Generates) -> None:
    schemes = {"securitySchemes": KEYS}
    package = generate(**{**GET, "security": [{name: []} for name in KEYS], "components": schemes})
    with sync(package, lambda _: Reply(json=1)) as (client, server):
        client.request("GET", "/y")
        client.with_options(headers={"x": "1"}).request("GET", "/y", headers={"y": "2"})
    assert "authorization" not in server.seen[0].headers
    assert (server.seen[1].headers["x"], server.seen[1].headers["y"]) == ("1", "2")


def test_in_the_session_of_a_vcenter(package: Any, described: Described) -> None:
    options = SimulatorOptions()
    with Simulator(described, options).running() as url:
        with package.VCenter(url, username=options.username, password=options.password) as client:
            answer = client.request("GET", "/vcenter/vcha/operations")
            assert answer.status == 200
            assert isinstance(answer.parsed, dict)
            with pytest.raises(package.VapiError):
                client.request("GET", "/vcenter/nothing")


def test_a_resource_of_the_name_gives_way(read: Reads) -> None:
    (found,) = read(**operation("/request", "get")).api.operations
    assert found.resource == ("request_",)
