"""What hooks of a generated client are shown: what the description declares and does not call secret."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, both, client_of, operation, serving

SECRET = "hunter2-s3cr3t-p4ss"


def shown(
    package: Any, call: Any, acall: Any = None, handler: Any = lambda _: Reply(204), **options: Any
) -> tuple[str, str]:
    """The address that hooks see, of what is sent by both clients, and what the server gets."""
    seen: list[str] = []

    def before(request: Any) -> None:
        seen.append(request.url)
        assert SECRET not in f"{request!r} {request.url} {request.headers} {request.template}"
        # What is looked up is the whole truth.
        assert str(request.reveal().url).startswith("http://")

    requests, _ = both(package, call, handler, acall, hooks=package.hooks.Hooks(before_request=before), **options)
    assert len(set(seen)) == 1
    assert len({request.target for request in requests}) == 1
    return seen[0].split("/", 3)[3], requests[0].target.removeprefix("/")


def test_declared_values_are_shown_and_others_are_not(generate: Generates) -> None:
    parameters = [
        {"name": "q", "in": "query", "schema": {"type": "string"}},
        {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
        {
            "name": "filter",
            "in": "query",
            "style": "deepObject",
            "schema": {"type": "object", "additionalProperties": {}},
        },
        {"name": "pin", "in": "query", "schema": {"type": "string", "format": "password"}},
        {"name": "sig", "in": "query", "schema": {"type": "string"}},
    ]
    package = generate(**operation("/x", "get", parameters))
    masked, sent = shown(
        package,
        lambda c: c.with_options(query={"key": SECRET}).x.call(
            q="a b&c", ids=[1, 2], filter={"n": 1}, pin=SECRET, sig=SECRET
        ),
    )
    assert masked == sent.replace(SECRET, "***")
    assert masked == "x?q=a%20b%26c&ids=1&ids=2&filter%5Bn%5D=1&pin=***&sig=***&key=***"


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ({"type": "apiKey", "in": "query", "name": "api-key"}, "x?q=1&api-key=***"),
        ({"type": "apiKey", "in": "query", "name": "q"}, "x?q=***"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "x?q=1"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, "x?q=1"),
        ({"type": "http", "scheme": "bearer"}, "x?q=1"),
    ],
)
def test_credentials_are_not(scheme: dict[str, Any], expected: str, generate: Generates) -> None:
    own = scheme.get("name") == "q"
    query = {"name": "q", "in": "query", "schema": {"type": "string"}}
    document = operation("/x", "get", [query])
    document["components"] = {"securitySchemes": {"auth": scheme}}
    document["security"] = [{"auth": []}]
    package = generate(**document)
    keyword = "token" if scheme["type"] == "http" else "api_key"
    arguments = {} if own else {"q": "1"}
    masked, _ = shown(package, lambda c: c.x.call(**arguments), **{keyword: SECRET})
    assert masked == expected


def test_a_secret_in_the_path_is_not(generate: Generates) -> None:
    path = [{"name": "pin", "in": "path", "required": True, "schema": {"type": "string", "format": "password"}}]
    package = generate(**operation("/x/{pin}/y", "get", path), servers=[{"url": "/v1"}])
    masked, sent = shown(package, lambda c: c.x.y.call(pin=SECRET) if hasattr(c.x, "y") else c.x.call(pin=SECRET))
    assert (masked, sent) == ("v1/x/{pin}/y", f"v1/x/{SECRET}/y")


def test_what_the_description_lacks_is_shown_as_far_as_its_path(generate: Generates) -> None:
    package = generate(**operation("/x", "get"))
    masked, _ = shown(package, lambda c: c.request("GET", "/other", query={"a": SECRET, "b": ""}))
    assert masked == "other?a=***&b="


def test_declared_headers_are_shown_and_those_of_the_caller_are_not(generate: Generates) -> None:
    seen: list[dict[str, str]] = []
    parameters = [
        {"name": "X-Page", "in": "header", "schema": {"type": "integer"}},
        {"name": "X-Pin", "in": "header", "schema": {"type": "string", "format": "password"}},
    ]
    package = generate(**operation("/x", "get", parameters))
    hooks = package.hooks.Hooks(before_request=lambda request: seen.append(request.headers))
    both(package, lambda c: c.x.call(x_page=7, x_pin=SECRET), hooks=hooks, headers={"X-Own": SECRET})
    for headers in seen:
        assert (headers["x-page"], headers["x-pin"], headers["x-own"]) == ("7", "***", "***")
        assert headers["accept"] == "application/json"


def test_where_an_answer_leads_is_shown_as_far_as_the_query(generate: Generates) -> None:
    seen: list[str] = []
    answers = {"302": {"description": "There."}}
    package = generate(**operation("/x", "get", answers=answers))
    hooks = package.hooks.Hooks(after_response=lambda request, response: seen.append(response.headers["location"]))
    for place in (f"https://h/cb?code={SECRET}", f"https://u:{SECRET}@h/"):
        both(package, lambda c: c.x.call(), lambda _, at=place: Reply(302, headers={"Location": at}), hooks=hooks)
    assert seen == ["https://h/cb?***"] * 2 + ["***"] * 2


def test_a_client_of_the_callers_own_has_hooks_as_well(generate: Generates) -> None:
    seen: list[str] = []
    package = generate(**operation("/x", "get"))
    hooks = package.hooks.Hooks(
        before_request=lambda request: request.add_header("X-Trace", "1"),
        after_response=lambda request, response: seen.append(request.url),
    )
    with serving(lambda _: Reply(204)) as server, httpx2.Client(params={"key": SECRET}) as http:
        client_of(package)(server.origin, http_client=http, hooks=hooks).x.call()
        assert [(r.target, r.headers["x-trace"]) for r in server.seen] == [(f"/x?key={SECRET}", "1")]
        assert seen == [f"{server.origin}/x?key=***"]


EVENTS = operation(
    "/x",
    "get",
    answers={"200": {"description": "It.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)


def test_a_stream_that_is_opened_again_is_told_of(generate: Generates) -> None:
    package = generate(**EVENTS)
    told: list[tuple[str, int]] = []
    bodies = [b"retry: 1\nid: 1\ndata: a\n\n", b"id: 2\ndata: b\n\n"]

    def events(_: Any) -> Reply:
        body = bodies.pop(0) if bodies else b""
        return Reply(200 if body else 204, body=body, headers={"Content-Type": "text/event-stream"} if body else {})

    hooks = package.hooks.Hooks(
        after_response=lambda request, response: told.append((request.purpose, response.status))
    )
    with serving(events) as server, client_of(package)(server.origin, hooks=hooks) as client:
        assert list(client.x.call()) == ["a", "b"]
    assert told == [("call", 200), ("reconnect", 200), ("reconnect", 204)]


def test_an_open_answer_is_closed_where_a_hook_is_interrupted(generate: Generates) -> None:
    package = generate(**EVENTS)
    met: list[Any] = []

    async def endless(request: Any, response: Any) -> None:
        met.append(response)
        await asyncio.Event().wait()

    async def run(origin: str) -> None:
        limits = httpx2.Limits(max_connections=1)
        hooks = package.hooks.Hooks(after_response=endless)
        async with client_of(package, asynchronous=True)(origin, hooks=hooks, limits=limits, timeout=20) as client:
            for count in (1, 2):  # the second finds no connection if the first was kept
                call = asyncio.ensure_future(client.x.call())
                while len(met) < count:
                    await asyncio.sleep(0.005)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call

    headers = {"Content-Type": "text/event-stream", "Content-Length": "1000"}
    with serving(lambda _: Reply(200, body=b"data: a\n\n", headers=headers)) as server:
        asyncio.run(asyncio.wait_for(run(server.origin), 15))
    assert len(met) == 2
