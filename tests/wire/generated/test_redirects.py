"""Redirects: not followed unless a caller asks; then as RFC 9110, 15.4 says, with nothing that is for others."""

from __future__ import annotations

import asyncio
import logging
import ssl
import subprocess
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import Handler, Reply, Seen, both, client_of, operation, serving, sync

JSON = {"description": "It.", "content": {"application/json": {"schema": {}}}}
FILE = {
    "description": "It.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
THERE = {"description": "There.", "headers": {"Location": {"schema": {"type": "string"}}}}
ANSWERS = {"200": JSON, "3XX": THERE}
BODY = {"required": True, "content": {"application/json": {"schema": ref("A")}}}
A = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
SECRET = "hunter2"


def led(status: int, where: str, at: str = "/x") -> Handler:
    """A server whose `at` leads somewhere, and where all else is there."""
    return lambda seen: Reply(status, headers={"Location": where}) if seen.target == at else Reply(json=seen.target)


def redirects(package: ModuleType, **given: Any) -> Any:
    return package.Redirects(**given)


def test_it_is_an_answer_unless_it_is_asked_for(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    seen, given = both(package, lambda c: c.with_raw_response(c.x.call)(), led(302, "/y"))
    assert [(raw.status, raw.headers["location"], raw.parsed) for raw in given] == [(302, "/y", None)] * 2
    assert [each.line for each in seen] == ["GET /x"] * 2
    _, given = both(package, lambda c: c.with_options(redirects=0).x.call(), led(302, "/y"))
    assert given == [None, None]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/y?a=b%20c&d", "/y?a=b%20c&d"),
        ("y", "/p/y"),
        ("../z/", "/z/"),
        ("?page=2", "/p/x?page=2"),
        ("/ä b#part", "/%C3%A4%20b"),
        ("//{host}/y", "/y"),
        ("http://{host}", "/"),
        ("/y#part", "/y"),
    ],
)
def test_where_it_leads(location: str, target: str, generate: Generates) -> None:
    package = generate(**operation("/p/x", "get", answers=ANSWERS))

    def handler(seen: Seen) -> Reply:
        return led(307, location.format(host=seen.headers["host"]), "/p/x")(seen)

    _, given = both(package, lambda c: c.with_options(redirects=1).p.x.call(), handler)
    assert given == [target, target]


@pytest.mark.parametrize(
    ("method", "status", "followed"),
    [
        *(("get", status, "GET") for status in (301, 302, 303, 307, 308)),
        *(("head", status, "HEAD") for status in (302, 303, 308)),
        *(("post", status, "GET") for status in (301, 302, 303)),
        *(("post", status, None) for status in (307, 308)),
        ("put", 303, "GET"),
        ("delete", 303, "GET"),
        ("patch", 303, "GET"),
        *(("put", status, None) for status in (301, 302, 307, 308)),
        ("delete", 302, None),
        ("patch", 301, None),
    ],
)
def test_which_method_follows(method: str, status: int, followed: str | None, generate: Generates) -> None:
    answers = {**ANSWERS, "default": JSON}
    body = BODY if method in ("post", "put", "patch") else None
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    match = {"name": "If-Match", "in": "header", "schema": {"type": "string"}}
    package = generate(**operation("/x", method, [key, match] if body else [], body, answers, A=A))
    given = {"a": "b", "idempotency_key": "k", "if_match": '"1"'} if body else {}
    if followed is None:
        with sync(package, led(status, "/y")) as (client, server):
            with pytest.raises(package.UnexpectedAnswer, match=r"effects=True") as caught:
                client.with_options(redirects=5).x.call(**given)
        assert (caught.value.response.status, server.lines) == (status, [f"{method.upper()} /x"])
        allowed = redirects(package, effects=True)
        seen, _ = both(package, lambda c: c.with_options(redirects=allowed).x.call(**given), led(status, "/y"))
        assert [each.line for each in seen] == [f"{method.upper()} /x", f"{method.upper()} /y"] * 2
        assert [(each.body, each.headers) for each in seen[::2]] == [(each.body, each.headers) for each in seen[1::2]]
        return
    seen, _ = both(package, lambda c: c.with_options(redirects=5).x.call(**given), led(status, "/y"))
    assert [each.line for each in seen] == [f"{method.upper()} /x", f"{followed} /y"] * 2
    for each in seen[1::2]:
        assert each.body == b""
        assert not {"content-type", "content-length", "idempotency-key", "if-match"} & each.headers.keys()


SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_credentials_go_to_their_origin_alone(scheme: str, generate: Generates) -> None:
    document = operation("/x", "get", answers=ANSWERS)
    document["paths"]["/x"]["get"]["security"] = [{scheme: []}]
    document["components"]["securitySchemes"] = {scheme: SCHEMES[scheme]}
    parameters = [{"name": "X-Mode", "in": "header", "schema": {"type": "string"}}]
    document["paths"]["/x"]["get"]["parameters"] = parameters
    package = generate(**document)
    options = (
        {"username": "u", "password": SECRET}
        if scheme == "basic"
        else {"token" if scheme == "bearer" else "api_key": SECRET}
    )

    def shows(seen: Seen) -> bool:
        return SECRET in f"{seen}" or "authorization" in seen.headers

    def call(client: Any) -> Any:
        own = {"headers": {"X-More": SECRET}, "query": {"more": SECRET}, "body": {"more": SECRET}}
        return client.with_options(redirects=9, **own).x.call(x_mode="m")

    with serving(lambda seen: Reply(json=seen.target)) as other:
        # Round by another origin and back.
        def handler(seen: Seen) -> Reply:
            if seen.target.startswith("/x"):
                return Reply(302, headers={"Location": "/y"})
            if seen.target.startswith("/y"):
                return Reply(307, headers={"Location": f"{other.origin}/away"})
            if seen.target.startswith("/back"):
                return Reply(301, headers={"Location": "/again"})
            return Reply(json="again")

        with serving(handler) as server:
            other.handler = lambda _: Reply(308, headers={"Location": f"{server.origin}/back"})
            with client_of(package)(server.origin, headers={"X-All": SECRET}, **options) as client:
                assert call(client) == "again"

            async def run() -> None:
                made = client_of(package, asynchronous=True)(server.origin, headers={"X-All": SECRET}, **options)
                async with made as client:
                    assert await call(client) == "again"

            asyncio.run(run())
    for first, own, back, again in (server.seen[:4], server.seen[4:]):
        assert [shows(each) for each in (first, own, back, again)] == [True, True, False, False]
        assert [each.headers.get("x-mode") for each in (first, own, back)] == ["m", "m", None]
        assert own.headers.get("authorization") == first.headers.get("authorization")
        assert own.target.count("key=") == first.target.count("key=")
    for away in other.seen:
        assert not shows(away)
        assert (away.target, away.headers["accept"]) == ("/away", "application/json")
        assert away.headers["host"] == other.origin.removeprefix("http://")
        assert not {"x-mode", "x-all", "x-more", "cookie", "referer"} & away.headers.keys()


def test_what_an_owner_set_for_its_client_stays_at_its_origin(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    made: dict[str, Any] = {
        "auth": ("u", SECRET),
        "headers": {"X-Org": SECRET},
        "params": {"k": SECRET},
        "cookies": {"c": SECRET},
    }
    with serving(lambda _: Reply(json=1)) as other:

        def handler(seen: Seen) -> Reply:
            there = "/y" if seen.target.startswith("/x") else f"{other.origin}/z"
            return Reply(302, headers={"Location": there})

        with serving(handler) as server:
            with httpx2.Client(**made) as http:
                assert client_of(package)(server.origin, http_client=http).with_options(redirects=2).x.call() == 1

            async def run() -> None:
                async with httpx2.AsyncClient(**made) as http:
                    client = client_of(package, asynchronous=True)(server.origin, http_client=http)
                    assert await client.with_options(redirects=2).x.call() == 1

            asyncio.run(run())
    assert len(server.seen) == 4
    for seen in server.seen:
        assert f"{seen}".count(SECRET) == 3
        assert "authorization" in seen.headers
    assert [each.target for each in other.seen] == ["/z", "/z"]
    assert all(SECRET not in f"{each}" and "authorization" not in each.headers for each in other.seen)


def test_there_is_a_limit(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    with sync(package, lambda _: Reply(302, headers={"Location": "/x"})) as (client, server):
        with pytest.raises(package.UnexpectedAnswer, match="leads to /x: it is number 4"):
            client.with_options(redirects=3).x.call()
        assert len(server.seen) == 4
        with pytest.raises(package.UnexpectedAnswer, match="number 6"):
            client.with_options(redirects=redirects(package)).x.call()
        assert len(server.seen) == 10


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("ftp://127.0.0.1/x", "no address of http"),
        ("mailto:a@b.example", "no address of http"),
        ("http://127.0.0.1:99999/x", "no address of http"),
        ("https:", "no address of http"),
        (f"http://u:{SECRET}@127.0.0.1:1/x?k={SECRET}", "has a user in it"),
    ],
)
def test_where_nothing_is_sent(location: str, message: str, generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    with sync(package, led(302, location)) as (client, server):
        with pytest.raises(package.UnexpectedAnswer, match=message) as caught:
            client.with_options(redirects=3).x.call()
    assert server.lines == ["GET /x"]
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("status", [300, 304, 302])
def test_what_leads_nowhere_is_an_answer(status: int, generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    more = {"Location": "/y"} if status != 302 else {}
    seen, given = both(package, lambda c: c.with_options(redirects=3).x.call(), lambda _: Reply(status, headers=more))
    assert given == [None, None]
    assert [each.line for each in seen] == ["GET /x"] * 2


def test_what_the_description_says_nothing_of(generate: Generates) -> None:
    """Only the redirect is described: its end has no type, and is there all the same."""
    package = generate(**operation("/x", "get", answers={"302": THERE}))
    page = Reply(body=b"<p>", headers={"Content-Type": "text/html"})

    def handler(seen: Seen) -> Reply:
        return Reply(302, headers={"Location": "/y"}) if seen.target == "/x" else page

    def call(client: Any) -> Any:
        client = client.with_options(redirects=1)
        return client.with_raw_response(client.x.call)()

    _, given = both(package, call, handler)
    assert [(raw.status, raw.content, raw.parsed) for raw in given] == [(200, b"<p>", None)] * 2


def test_errors_behind_it_are_errors(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers={**ANSWERS, "404": JSON}))

    def handler(seen: Seen) -> Reply:
        return Reply(302, headers={"Location": "/y"}) if seen.target == "/x" else Reply(404, json={"why": "gone"})

    with sync(package, handler) as (client, _), pytest.raises(package.NotFoundError) as caught:
        client.with_options(redirects=1).x.call()
    assert caught.value.data == {"why": "gone"}


def test_undocumented_ones_too_and_calls_that_the_description_lacks(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers={"200": JSON}))
    _, given = both(package, lambda c: c.with_options(redirects=1).x.call(), led(308, "/x/"))
    assert given == ["/x/", "/x/"]
    _, given = both(package, lambda c: c.with_options(redirects=1).request("GET", "/x"), led(308, "/x/"))
    assert [raw.parsed for raw in given] == ["/x/", "/x/"]
    with sync(package, led(307, "/y")) as (client, server):
        with pytest.raises(package.UnexpectedAnswer, match="effects=True"):
            client.with_options(redirects=1).request("POST", "/x", body={})
    assert server.lines == ["POST /x"]


def test_downloads(generate: Generates, tmp_path: Path) -> None:
    package = generate(**operation("/x", "get", answers={"302": THERE}))
    known = generate(**operation("/x", "get", answers={"200": FILE, "302": THERE}))
    whole = bytes(range(256)) * 40
    with serving(lambda _: Reply(body=whole, headers={"Content-Type": "application/octet-stream"})) as store:
        with serving(led(302, f"{store.origin}/file?X-Amz-Signature={SECRET}")) as server:
            for each in (package, known):
                client = client_of(each)(server.origin).with_options(redirects=1)
                with client.with_streaming_response(client.x.call)() as answer:
                    assert (answer.status, answer.save(tmp_path / "file")) == (200, len(whole))
                assert (tmp_path / "file").read_bytes() == whole

                async def run(each: ModuleType = each) -> None:
                    async with client_of(each, asynchronous=True)(server.origin) as made:
                        other = made.with_options(redirects=1)
                        async with other.with_streaming_response(other.x.call)() as answer:
                            assert await answer.read() == whole

                asyncio.run(run())
            assert client_of(known)(server.origin).with_options(redirects=1).x.call() == whole


def test_event_streams(generate: Generates) -> None:
    events = {"description": "It.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
    package = generate(**operation("/x", "get", answers={"200": events}))

    def handler(seen: Seen) -> Reply:
        if seen.target == "/x":
            return Reply(307, headers={"Location": "/y"})
        return Reply(body=b"data: a\n\ndata: b\n\n", headers={"Content-Type": "text/event-stream"})

    with sync(package, handler) as (client, _):
        assert list(client.with_options(redirects=1).x.call()) == ["a", "b"]

    async def run(origin: str) -> list[str]:
        async with client_of(package, asynchronous=True)(origin) as made:
            return [item async for item in await made.with_options(redirects=1).x.call()]

    with serving(handler) as server:
        assert asyncio.run(run(server.origin)) == ["a", "b"]


def test_what_can_be_read_once_is_not_sent_twice(generate: Generates) -> None:
    body = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    package = generate(**operation("/x", "put", body=body, answers=ANSWERS))
    allowed = redirects(package, effects=True)
    with sync(package, led(307, "/y")) as (client, server):
        with pytest.raises(package.UnexpectedAnswer, match="only once"):
            client.with_options(redirects=allowed).x.call(body=iter([b"a", b"b"]))
        assert client.with_options(redirects=allowed).x.call(body=b"ab") == "/y"
    assert [(each.target, each.body) for each in server.seen] == [("/x", b"ab")] * 2 + [("/y", b"ab")]


@pytest.mark.parametrize("kind", ["field", "deeper", "added"])
def test_a_body_with_a_secret_stays(kind: str, generate: Generates) -> None:
    word = {"type": "string"} if kind == "added" else {"type": "string", "format": "password"}
    leaf = {"type": "object", "properties": {"a": word}}
    lists = {"type": "object", "properties": {"parts": {"type": "array", "items": ref("B")}}}
    root = lists if kind == "deeper" else leaf
    package = generate(**operation("/x", "post", body=BODY, answers=ANSWERS, A=root, B=leaf))
    allowed = redirects(package, effects=True)
    with serving(lambda _: Reply(json=1)) as away, sync(package, led(307, f"{away.origin}/x")) as (client, _):
        other = client.with_options(redirects=allowed, **({"body": {"more": SECRET}} if kind == "added" else {}))
        with pytest.raises(package.UnexpectedAnswer, match="holds a secret"):
            other.x.call(**({"parts": []} if kind == "deeper" else {"a": SECRET}))
    assert away.seen == []


def test_a_body_without_one_goes_where_it_is_asked_for(generate: Generates) -> None:
    package = generate(**operation("/x", "post", body=BODY, answers=ANSWERS, A=A))
    allowed = redirects(package, effects=True)
    with serving(lambda _: Reply(json=1)) as other:
        both(package, lambda c: c.with_options(redirects=allowed).x.call(a="b"), led(307, f"{other.origin}/x"))
    assert [(each.body, each.headers["content-type"]) for each in other.seen] == [
        (b'{"a":"b"}', "application/json")
    ] * 2


def test_no_answer_behind_what_has_an_effect_is_no_nothing(generate: Generates) -> None:
    package = generate(**operation("/x", "post", answers={**ANSWERS, "307": THERE}))
    with serving(led(303, "/y")) as gone:
        dead = gone.origin
    with sync(package, led(303, f"{dead}/y")) as (client, _):
        with pytest.raises(package.OutcomeUnknown, match="connection refused behind a redirect") as caught:
            client.with_options(redirects=1).x.call()
        assert "To find out" in str(caught.value.hint)
    with sync(package, led(307, f"{dead}/y")) as (client, _):
        with pytest.raises(package.ConnectionFailed, match="nothing was sent"):
            client.with_options(redirects=redirects(package, effects=True)).x.call()


def test_what_only_reads_is_repeated_behind_it(generate: Generates) -> None:
    package = generate(**operation("/x", "post", answers=ANSWERS))
    replies = [Reply(503), Reply(503), Reply(json=1)]

    def handler(seen: Seen) -> Reply:
        return Reply(303, headers={"Location": "/y"}) if seen.target == "/x" else replies.pop(0)

    retries = import_module("thing._runtime").Retries(count=2, first=0.001)
    with sync(package, handler) as (client, server):
        assert client.with_options(redirects=1, retries=retries).x.call() == 1
    assert server.lines == ["POST /x", "GET /y", "GET /y", "GET /y"]


def test_hooks_and_logs(generate: Generates, caplog: pytest.LogCaptureFixture) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    told: list[Any] = []
    hooks = package.hooks.Hooks(
        before_request=lambda r: told.append((r.purpose, r.method, r.resend_count, r.url)),
        after_response=lambda r, a: told.append((a.status, a.headers.get("location"))),
    )
    caplog.set_level(logging.DEBUG)
    with serving(lambda _: Reply(json=1)) as other:
        there = f"{other.origin}/y?sig={SECRET}&x={SECRET}"
        with sync(package, led(302, there), hooks=hooks) as (client, server):
            assert client.with_options(redirects=1).x.call() == 1
    assert told == [
        ("call", "GET", 0, f"{server.origin}/x"),
        (302, f"{other.origin}/y?***"),
        ("redirect", "GET", 1, f"{other.origin}/y?sig=***&x=***"),
        (200, None),
    ]
    assert "redirect 1 (302) to another origin" in caplog.text
    assert "sig=***" in caplog.text
    assert SECRET not in caplog.text


def certified(folder: Path) -> ssl.SSLContext:
    words = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=a")
    alternative = ("-addext", "subjectAltName=IP:127.0.0.1")
    out = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "crt.pem"))
    subprocess.run(["openssl", "req", "-x509", *words, *alternative, *out], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "crt.pem", folder / "key.pem")
    return context


def test_to_tls_and_never_from_it(generate: Generates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    with serving(lambda _: Reply(json=1), certified(tmp_path)) as secured:
        with sync(package, led(302, f"{secured.origin}/x")) as (client, _):
            with pytest.raises(package.ConnectionFailed, match="certificate is not trusted"):
                client.with_options(redirects=1).x.call()
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "crt.pem"))
        _, given = both(package, lambda c: c.with_options(redirects=1).x.call(), led(302, f"{secured.origin}/x"))
        assert given == [1, 1]
        with serving(lambda _: Reply(json=1)) as plain:
            secured.handler = led(302, f"{plain.origin}/y")
            with client_of(package)(secured.origin, ca_bundle=tmp_path / "crt.pem") as client:
                with pytest.raises(package.UnexpectedAnswer, match="from https to http"):
                    client.with_options(redirects=1).x.call()
            assert plain.seen == []


@pytest.mark.parametrize("given", [-1, True, "5", 1.5])
def test_what_cannot_be_used(given: Any, generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    for asynchronous in (False, True):
        with pytest.raises(package.ArgumentError, match="redirects: expected a whole number"):
            client_of(package, asynchronous)("http://127.0.0.1:1").with_options(redirects=given)


def test_it_adds_up_with_other_settings(generate: Generates) -> None:
    package = generate(**operation("/x", "get", answers=ANSWERS))
    with sync(package, led(302, "/y")) as (client, _):
        other = client.with_options(redirects=1).with_options(timeout=5)
        assert other.x.call() == "/y"
        assert other.with_options(redirects=0).x.call() is None
        assert client.x.call() is None
