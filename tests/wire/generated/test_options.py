"""`with_options`: other settings over the same connections and session."""

from __future__ import annotations

import asyncio
import math
from importlib import import_module
from typing import Any

import pytest
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.client.conftest import described, package, source
from tests.wire.generated.calling import Reply, both, client_of, operation, serving, sync

__all__ = ["described", "package", "source"]

ANSWER = {"200": {"description": "It.", "content": {"application/json": {"schema": {}}}}}
PARAMETERS = [
    {"name": "X-Mode", "in": "header", "schema": {"type": "string"}},
    {"name": "q", "in": "query", "schema": {"type": "string"}},
    {"name": "page", "in": "cookie", "schema": {"type": "string"}},
]
GET = operation("/x", "get", PARAMETERS, answers=ANSWER)


def test_headers_and_query_go_with_every_request(generate: Generates) -> None:
    options: dict[str, Any] = {
        "headers": {"X-Trace": "t", "Accept": "text/csv"},
        "query": {"dry run": True, "tag": ["a", "b&c"], "n": 1.5},
    }
    seen, _ = both(
        generate(**GET),
        lambda client: client.with_options(**options).x.call(q="1"),
        lambda _: Reply(json=1),
        headers={"x-trace": "client", "x-base": "b"},
    )
    for request in seen:
        assert request.target == "/x?q=1&dry%20run=true&tag=a&tag=b%26c&n=1.5"
        headers = request.headers
        assert (headers["x-trace"], headers["x-base"], headers["accept"]) == ("t", "b", "text/csv")


def test_an_argument_of_the_call_stands_before_them(generate: Generates) -> None:
    with sync(generate(**GET), lambda _: Reply(json=1)) as (client, server):
        other = client.with_options(headers={"x-mode": "all", "cookie": "a=1"}, query={"q": "all"})
        other.x.call(x_mode="one", q="one", page="2")
        other.x.call()
        client.x.call()
    first, second, plain = server.seen
    assert (first.headers["x-mode"], first.headers["cookie"], first.target) == ("one", "page=2; a=1", "/x?q=one")
    assert (second.headers["x-mode"], second.headers["cookie"], second.target) == ("all", "a=1", "/x?q=all")
    assert (plain.headers.get("x-mode"), plain.target) == (None, "/x")


def test_they_add_up(generate: Generates) -> None:
    with sync(generate(**GET), lambda _: Reply(json=1)) as (client, server):
        one = client.with_options(headers={"a": "1", "b": "1"}, query={"c": 1})
        one.with_options(headers={"B": "2"}, query={"d": 2}).x.call()
        one.x.call()
    assert [(s.headers["a"], s.headers["b"], s.target) for s in server.seen] == [
        ("1", "2", "/x?c=1&d=2"),
        ("1", "1", "/x?c=1"),
    ]


def test_time_and_repetitions(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(503)) as server, client_of(package)(server.origin, retries=0) as client:
        with pytest.raises(package.UnavailableError):
            client.with_options(retries=import_module("thing._runtime").Retries(count=2, first=0.001)).x.call()
        assert len(server.seen) == 3
        with pytest.raises(package.UnavailableError):
            client.x.call()
        assert len(server.seen) == 4
        server.handler = lambda _: Reply(json=1, hang=0.3)
        with pytest.raises(package.ConnectionFailed, match="in time"):
            client.with_options(timeout=0.05).x.call()
        assert client.with_options(timeout=0.05).x.call(timeout=5) == 1, "the call says more"
        assert client.x.call() == 1


def test_resources_that_were_used_before_are_not_taken_along(generate: Generates) -> None:
    with sync(generate(**GET), lambda _: Reply(json=1)) as (client, server):
        assert client.x is client.x
        other = client.with_options(query={"v": 2})
        assert other.x is not client.x
        other.x.call()
        client.x.call()
    assert [seen.target for seen in server.seen] == ["/x?v=2", "/x"]


def test_a_subclass_stays_one_with_what_it_has(generate: Generates) -> None:
    package = generate(**GET)

    class Mine(client_of(package)):  # type: ignore[misc]
        def __init__(self, target: str, name: str) -> None:
            super().__init__(target)
            self.name = name

    other = Mine("http://127.0.0.1:1", "n").with_options(timeout=1)
    assert isinstance(other, Mine)
    assert other.name == "n"


def test_closing(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1)) as server:
        client = client_of(package)(server.origin)
        with client.with_options(timeout=5) as first:
            first.x.call()
        with pytest.raises(package.ClientClosed):
            first.x.call()
        second = client.with_options(timeout=5).with_options(retries=0)
        assert client.x.call() == second.x.call() == 1
        client.close()
        with pytest.raises(package.ClientClosed):
            second.x.call()

        async def run() -> None:
            client = client_of(package, asynchronous=True)(server.origin)
            async with client.with_options(timeout=5) as first:
                await first.x.call()
            second = client.with_options(timeout=5)
            assert await client.x.call() == await second.x.call() == 1
            await client.close()
            with pytest.raises(package.ClientClosed):
                await second.x.call()

        asyncio.run(run())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"timeout": 0}, "timeout: "),
        ({"retries": -1}, "retries: "),
        ({"headers": {"a b": "x"}}, "headers: none can be called"),
        ({"headers": {"a": "x\r\ny: z"}}, "headers: a takes"),
        ({"headers": {"Content-Type": "text/plain"}}, "headers: the content type"),
        ({"headers": {"content-length": "1"}}, "headers: none"),
        ({"headers": "secret-1"}, "headers: expected a mapping"),
        ({"query": "secret-1"}, "query: expected a mapping"),
        ({"query": {"a": object()}}, "query: expected"),
        ({"query": {"a": [None]}}, "query: expected"),
        ({"query": {"a": math.nan}}, "query: expected"),
        ({"query": {"": "x"}}, "query: expected names"),
        ({"query": {"a": "\ud800"}}, "query: holds half"),
    ],
)
def test_what_cannot_be_used(options: dict[str, Any], message: str, generate: Generates) -> None:
    package = generate(**GET)
    for asynchronous in (False, True):
        with pytest.raises(package.ArgumentError, match=message) as caught:
            client_of(package, asynchronous)("http://127.0.0.1:1").with_options(**options)
        assert "secret-1" not in str(caught.value)


def test_a_header_can_be_the_credential(generate: Generates) -> None:
    key = {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    package = generate(**{**GET, "security": [{"k": []}], "components": {"securitySchemes": key}})
    with serving(lambda _: Reply(json=1)) as server, client_of(package)(server.origin) as client:
        with pytest.raises(package.ArgumentError, match="needs credentials"):
            client.x.call()
        other = client.with_options(headers={"X-Key": "k-1"})
        other.x.call()
        assert server.seen[-1].headers["x-key"] == "k-1"
        assert "k-1" not in f"{other!r} {vars(other)!r} {vars(other._transport.caller)!r}"


def test_one_session_for_all(package: Any, described: Described) -> None:
    options = SimulatorOptions()
    with Simulator(described, options).running() as url:
        with package.VCenter(url, username=options.username, password=options.password) as client:
            first = client.with_options(timeout=10)
            first.vcha.cluster.get()
            token = client._transport.caller.session._own.get().token
            assert token is not None
            client.vcha.cluster.get()
            assert first._transport.caller.session._own.get().token is token
            first.close()
            client.vcha.cluster.get()


@pytest.mark.parametrize("name", ["with_options", "with_raw_response"])
def test_a_resource_of_the_name_gives_way(name: str, read: Reads) -> None:
    (found,) = read(**operation(f"/{name}", "get")).api.operations
    assert found.resource == (f"{name}_",)
