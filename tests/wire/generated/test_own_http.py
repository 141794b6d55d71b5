"""`http_client=`: a client of httpx2 that its owner made."""

from __future__ import annotations

import asyncio
import os
import ssl
from importlib import import_module
from typing import Any

import httpx2
import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Handler, Reply, Seen, client_of, operation, serving

GET = operation("/x", "get", answers={"200": {"description": "It.", "content": {"application/json": {"schema": {}}}}})
POST = operation("/x", "post")


def both(package: Any, origin: str, made: dict[str, Any], count: int = 1, **options: Any) -> list[Any]:
    """What calls give through a sync and an async client of the caller's; each is still open afterwards."""
    given: list[Any] = []
    with httpx2.Client(**made) as http:
        with client_of(package)(origin, http_client=http, **options) as client:
            given += [client.x.call() for _ in range(count)]
        assert not http.is_closed

    async def run() -> None:
        async with httpx2.AsyncClient(**made) as http:
            async with client_of(package, asynchronous=True)(origin, http_client=http, **options) as client:
                given.extend([await client.x.call() for _ in range(count)])
            assert not http.is_closed

    asyncio.run(run())
    return given


def served(handler: Handler, package: Any, made: dict[str, Any], count: int = 1, **options: Any) -> list[Seen]:
    with serving(handler) as server:
        both(package, server.origin, made, count, **options)
        return server.seen


def test_what_its_owner_set_for_every_request_is_sent(generate: Generates) -> None:
    made = {"headers": {"X-Org": "a", "User-Agent": "mine"}, "params": {"v": "1 2"}, "cookies": {"lang": "de"}}
    for seen in served(lambda _: Reply(json=1), generate(**GET), made, headers={"x-client": "c"}):
        assert seen.target in ("/x?v=1+2", "/x?v=1%202")
        assert (seen.headers["x-org"], seen.headers["x-client"], seen.headers["cookie"]) == ("a", "c", "lang=de")
        assert seen.headers["accept"] == "application/json", "what the call says stays"


def test_cookies_are_kept_and_stand_beside_those_of_the_call(generate: Generates) -> None:
    cookie = {"name": "page", "in": "cookie", "schema": {"type": "string", "default": "1"}, "required": True}
    package = generate(**operation("/x", "get", [cookie], answers=GET["paths"]["/x"]["get"]["responses"]))
    with serving(lambda _: Reply(json=1, headers={"Set-Cookie": "node=7"})) as server, httpx2.Client() as http:
        client = client_of(package)(server.origin, http_client=http)
        client.x.call(page="2")
        client.x.call(page="3")
        assert [seen.headers["cookie"] for seen in server.seen] == ["page=2", "page=3; node=7"]
        assert http.cookies["node"] == "7"


def test_a_client_of_our_own_keeps_none(generate: Generates) -> None:
    with serving(lambda _: Reply(json=1, headers={"Set-Cookie": "node=7"})) as server:
        client = client_of(generate(**GET))(server.origin)
        client.x.call(), client.x.call()
        assert ["cookie" in seen.headers for seen in server.seen] == [False, False]


def test_hooks_and_mounts_take_part(generate: Generates) -> None:
    met: list[str] = []
    package = generate(**GET)
    mock = httpx2.MockTransport(lambda request: httpx2.Response(200, json=str(request.url)))
    hooks = {"request": [lambda request: met.append(request.method)]}
    with httpx2.Client(mounts={"http://mocked.example": mock}, event_hooks=hooks) as http:
        answer = client_of(package)("http://mocked.example", http_client=http).x.call()
    assert (answer, met) == ("http://mocked.example/x", ["GET"])


def test_redirects_are_not_followed_wherever_its_owner_would(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(302, headers={"Location": "/elsewhere"})) as server:
        with httpx2.Client(follow_redirects=True) as http, pytest.raises(package.UnexpectedAnswer):
            client_of(package)(server.origin, http_client=http, retries=0).x.call()
        assert [seen.target for seen in server.seen] == ["/x"]


@pytest.mark.parametrize("name", ["ca_bundle", "verify", "proxy", "limits"])
def test_what_it_has_by_itself_is_refused_beside_it(name: str, generate: Generates) -> None:
    package = generate(**GET)
    values = {"ca_bundle": "x.pem", "verify": ssl.create_default_context(), "limits": httpx2.Limits()}
    value = values.get(name, "http://proxy.example:3128")
    for asynchronous, http in ((False, httpx2.Client()), (True, httpx2.AsyncClient())):
        with pytest.raises(package.ArgumentError, match=f"^{name}: .*http_client"):
            client_of(package, asynchronous)("http://127.0.0.1:1", http_client=http, **{name: value})


def test_the_other_kind_is_refused(generate: Generates) -> None:
    package = generate(**GET)
    for asynchronous, http in ((True, httpx2.Client()), (False, httpx2.AsyncClient()), (False, object())):
        with pytest.raises(package.ArgumentError, match="http_client: expected httpx2"):
            client_of(package, asynchronous)("http://127.0.0.1:1", http_client=http)


def test_one_that_its_owner_closed_sends_nothing(generate: Generates) -> None:
    package = generate(**POST)
    with serving(lambda _: Reply(204)) as server:
        http = httpx2.Client()
        client = client_of(package)(server.origin, http_client=http)
        client.x.call()
        http.close()
        with pytest.raises(package.ClientClosed, match="its owner"):
            client.x.call()
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("raised", "outcome", "calls"),
    [
        (httpx2.ReadTimeout("late"), "OutcomeUnknown", 1),
        (httpx2.ReadError("cut"), "OutcomeUnknown", 1),
        (RuntimeError("a bug"), "OutcomeUnknown", 1),
        (httpx2.ConnectError("refused"), "ConnectionFailed", 2),
        (httpx2.ConnectTimeout("late"), "ConnectionFailed", 2),
    ],
)
def test_a_transport_that_tells_nothing_is_not_asked_twice_to_change_something(
    raised: Exception, outcome: str, calls: int, generate: Generates
) -> None:
    package, met = generate(**POST), []

    def handler(request: httpx2.Request) -> httpx2.Response:
        met.append(request)
        raise raised

    retries = import_module("thing._runtime").Retries(count=1, first=0.001)
    with httpx2.Client(transport=httpx2.MockTransport(handler)) as http:
        with pytest.raises(getattr(package, outcome)):
            client_of(package)("http://mocked.example", http_client=http, retries=retries).x.call()
    assert len(met) == calls

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(handler)) as http:
            client = client_of(package, asynchronous=True)("http://mocked.example", http_client=http, retries=retries)
            with pytest.raises(getattr(package, outcome)):
                await client.x.call()

    asyncio.run(run())
    assert len(met) == 2 * calls


def test_a_real_transport_still_tells_what_left(generate: Generates) -> None:
    package = generate(**POST)
    with httpx2.Client() as http:
        with serving(lambda _: Reply(cut="close")) as server:
            with pytest.raises(package.OutcomeUnknown):
                client_of(package)(server.origin, http_client=http).x.call()
            assert len(server.seen) == 1
        with pytest.raises(package.ConnectionFailed, match="nothing was sent"):
            client_of(package)(server.origin, http_client=http, retries=0).x.call()


def test_timeouts_of_the_call_stand_in_place_of_its_own(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1, hang=0.2)) as server:
        assert both(package, server.origin, {"timeout": 0.01}, timeout=5) == [1, 1]
        for _ in range(2):
            with httpx2.Client(timeout=None) as http, pytest.raises(package.ConnectionFailed, match="in time"):
                client_of(package)(server.origin, http_client=http, timeout=0.05, retries=0).x.call()


def test_another_event_loop_is_refused_where_connections_are_pooled(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1)) as server:
        client = client_of(package, asynchronous=True)(server.origin, http_client=httpx2.AsyncClient())
        assert asyncio.run(client.x.call()) == 1
        with pytest.raises(package.ArgumentError, match=r"another event loop.*nothing was sent"):
            asyncio.run(client.x.call())
        assert len(server.seen) == 1
    mock = httpx2.MockTransport(lambda _: httpx2.Response(200, json=2))
    # No pool of httpx2's is behind it, nor behind a proxy of the environment.
    http = httpx2.AsyncClient(transport=mock, trust_env=False)
    client = client_of(package, asynchronous=True)("http://mocked.example", http_client=http)
    assert [asyncio.run(client.x.call()) for _ in range(2)] == [2, 2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
def test_a_forked_process_does_not_write_to_connections_of_its_parent(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1)) as server, httpx2.Client() as http:
        client = client_of(package)(server.origin, http_client=http)
        client.x.call()
        child = os.fork()
        if child == 0:
            try:
                client.x.call()
            except package.ArgumentError as error:
                os._exit(7 if "another process" in str(error) else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert client.x.call() == 1
        assert len(server.seen) == 2


def test_closing_ends_what_was_derived_although_the_connections_stay(generate: Generates) -> None:
    package = generate(**GET)
    with serving(lambda _: Reply(json=1)) as server, httpx2.Client() as http:
        client = client_of(package)(server.origin, http_client=http)
        other = client.with_options(timeout=5).with_options(retries=0)
        assert other.x.call() == 1
        client.close()
        with pytest.raises(package.ClientClosed):
            other.x.call()
        assert len(server.seen) == 1
