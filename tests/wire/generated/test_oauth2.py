"""Access tokens that the client gets, keeps and renews; credentials that a function gives.  Against real servers."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply, Seen


@dataclass
class Tokens:
    """An authorization server and the API behind it: a token is good for `uses` calls."""

    uses: int = 10**6
    expires_in: Any = 3600
    refresh: bool = False
    refuse: set[str] = field(default_factory=set)
    forms: list[dict[str, str]] = field(default_factory=list)
    asked: list[Seen] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, seen: Seen) -> Reply:
        with self.lock:
            return self._token(seen) if seen.target == "/oauth/token" else self._answer(seen)

    def _token(self, seen: Seen) -> Reply:
        form = {key: values[0] for key, values in parse_qs(seen.body.decode(), keep_blank_values=True).items()}
        self.forms.append(form)
        self.asked.append(seen)
        if form["grant_type"] in self.refuse:
            return Reply(400, {"error": "invalid_grant", "error_description": "hunter2 is wrong"})
        token = f"access-{len(self.forms)}"
        self.left[token] = self.uses
        more = {"refresh_token": f"refresh-{len(self.forms)}"} if self.refresh else {}
        lasts = {} if self.expires_in is None else {"expires_in": self.expires_in}
        return Reply(200, {"access_token": token, "token_type": "bearer", **lasts, **more})

    def _answer(self, seen: Seen) -> Reply:
        token = seen.headers.get("authorization", "").removeprefix("Bearer ")
        self.called.append(token)
        if self.left.get(token, 0) <= 0:
            return Reply(401, {"detail": "no"})
        self.left[token] -= 1
        return Reply(204)


def secured(scheme: dict[str, Any]) -> dict[str, Any]:
    document = operation(method="post")
    document["paths"]["/x"]["post"]["security"] = [{"login": []}]
    document["components"]["securitySchemes"] = {"login": scheme}
    return document


def oauth2(**flow: Any) -> dict[str, Any]:
    flows = {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}, **flow}}
    return secured({"type": "oauth2", "flows": flows})


def call(package: ModuleType, origin: str, given: Any, asynchronous: bool, times: int = 1) -> Any:
    """The exception of the calls, or None."""

    async def run() -> None:
        async with client_of(package, asynchronous=True)(origin, token=given, retries=0) as client:
            for _ in range(times):
                await client.x.call()

    try:
        if asynchronous:
            asyncio.run(run())
        else:
            with client_of(package)(origin, token=given, retries=0) as client:
                for _ in range(times):
                    client.x.call()
    except package.errors.SdkError as error:
        return error
    return None


both = pytest.mark.parametrize("asynchronous", [False, True])


@both
def test_one_token_serves_calls_until_it_is_refused(generate: Generates, asynchronous: bool) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens(uses=2)) as server:
        given = package.OAuth2("me", "hunter2:&", scope=["a", "b"], parameters={"audience": "x"})
        assert call(package, server.origin, given, asynchronous, times=5) is None
    assert [form["grant_type"] for form in tokens.forms] == ["client_credentials"] * 3
    assert tokens.forms[0] == {"grant_type": "client_credentials", "scope": "a b", "audience": "x"}
    basic = base64.b64encode(b"me:hunter2%3A%26").decode()
    assert {seen.headers["authorization"] for seen in tokens.asked} == {f"Basic {basic}"}
    assert tokens.called == ["access-1"] * 3 + ["access-2"] * 3 + ["access-3"]
    assert "hunter2" not in repr(given)


@both
@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        ({"client_secret": "s", "in_body": True}, {"client_id": "me", "client_secret": "s"}),
        ({}, {"client_id": "me"}),
        (
            {"client_secret": "s", "username": "u", "password": "p"},
            {"grant_type": "password", "username": "u", "password": "p"},
        ),
        ({"client_secret": "s", "refresh_token": "r"}, {"grant_type": "refresh_token", "refresh_token": "r"}),
    ],
)
def test_each_grant(generate: Generates, asynchronous: bool, arguments: dict[str, Any], form: dict[str, str]) -> None:
    package = generate(**oauth2(tokenUrl="/elsewhere"))
    with serving(tokens := Tokens()) as server:
        given = package.OAuth2("me", token_url=f"{server.origin}/oauth/token", **arguments)
        assert call(package, server.origin, given, asynchronous) is None
    assert tokens.forms == [{"grant_type": "client_credentials", **form}]


@both
def test_it_is_renewed_before_it_ends_and_by_the_refresh_token_that_came(
    generate: Generates, asynchronous: bool
) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens(expires_in=0, refresh=True)) as server:
        given = package.OAuth2("me", "s", username="u", password="p")
        assert call(package, server.origin, given, asynchronous, times=3) is None
        tokens.refuse = {"refresh_token"}
        assert call(package, server.origin, given, asynchronous, times=2) is None
    assert [form["grant_type"] for form in tokens.forms] == [
        *("password", "refresh_token", "refresh_token"),
        *("password", "refresh_token", "password"),
    ]
    assert tokens.forms[2]["refresh_token"] == "refresh-2"
    assert tokens.called[-1] == "access-6"


@both
@pytest.mark.parametrize("expires_in", [3600, None, "soon", True, 1e300, 10**30])
def test_it_is_kept_as_long_as_it_is_good(generate: Generates, asynchronous: bool, expires_in: Any) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens(expires_in=expires_in)) as server:
        assert call(package, server.origin, package.OAuth2("me", "s"), asynchronous, times=3) is None
    assert len(tokens.forms) == 1


@both
def test_a_refusal_is_told_and_shows_no_secret(generate: Generates, asynchronous: bool) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens(refuse={"client_credentials"})) as server:
        error = call(package, server.origin, package.OAuth2("me", "hunter2"), asynchronous)
    assert type(error) is package.errors.AuthenticationError
    assert "invalid_grant" in str(error)
    assert "hunter2" not in str(error)
    assert (len(tokens.forms), tokens.called) == (1, [])


@both
@pytest.mark.parametrize(
    "answer",
    [
        Reply(200, {"token_type": "bearer"}),
        Reply(200, {"access_token": "t", "token_type": "mac"}),
        Reply(200, {"access_token": 7, "token_type": "bearer"}),
        Reply(200, body=b"<html>"),
        Reply(204),
        Reply(302, headers={"location": "http://evil.example.com/"}),
    ],
)
def test_what_is_no_token_is_not_sent(generate: Generates, asynchronous: bool, answer: Reply) -> None:
    package = generate(**oauth2())
    seen: list[Seen] = []

    def handler(request: Seen) -> Reply:
        seen.append(request)
        return answer

    with serving(handler) as server:
        error = call(package, server.origin, package.OAuth2("me", "s"), asynchronous)
    assert type(error).__name__ == "UnexpectedAnswer"
    assert len(seen) == 1


NESTED = {
    "lists": b"[" * 100_000,
    "objects": b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
    "beside a token": b'{"access_token": "t", "x": ' + b"[" * 3_000 + b"]" * 3_000 + b"}",
    "an error": b'{"error": ' + b"[" * 3_000 + b"]" * 3_000 + b"}",
}


@both
@pytest.mark.parametrize("body", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_an_answer_beyond_pythons_stack_stays_in_the_family(
    generate: Generates, asynchronous: bool, status: int, body: bytes
) -> None:
    package = generate(**oauth2())
    with serving(lambda _: Reply(status, body=body)) as server:
        error = call(package, server.origin, package.OAuth2("me", "s3cret-of-mine"), asynchronous)
    names = {200: "UnexpectedAnswer", 400: "AuthenticationError", 401: "AuthenticationError"}
    assert error is not None
    assert type(error).__name__ == names.get(status, type(error).__name__)
    assert "s3cret" not in f"{error!r} {error}"


@both
def test_a_renewal_that_fails_loses_no_refresh_token(generate: Generates, asynchronous: bool) -> None:
    package = generate(**oauth2())
    tokens, failing = Tokens(expires_in=0, refresh=True), [False]

    def handler(seen: Seen) -> Reply:
        if seen.target == "/oauth/token" and failing[0]:
            failing[0] = False
            return Reply(cut="close")
        return tokens(seen)

    async def run(origin: str) -> None:
        given = package.OAuth2("me", "s", refresh_token="first")
        async with client_of(package, asynchronous=True)(origin, token=given, retries=0) as client:
            await client.x.call()
            failing[0] = True
            with pytest.raises(package.errors.ConnectionFailed):
                await client.x.call()
            await client.x.call()

    with serving(handler) as server:
        if asynchronous:
            asyncio.run(run(server.origin))
        else:
            given = package.OAuth2("me", "s", refresh_token="first")
            with client_of(package)(server.origin, token=given, retries=0) as client:
                client.x.call()
                failing[0] = True
                with pytest.raises(package.errors.ConnectionFailed):
                    client.x.call()
                client.x.call()
    # A server that hands out new ones takes each once.
    assert [form["refresh_token"] for form in tokens.forms] == ["first", "refresh-1"]


@both
@pytest.mark.parametrize(
    ("status", "name"),
    [
        *((400, "AuthenticationError"), (401, "AuthenticationError"), (403, "ForbiddenError")),
        *((404, "NotFoundError"), (429, "RateLimitError"), (500, "ServerError"), (503, "UnavailableError")),
    ],
)
def test_only_a_refusal_is_one(generate: Generates, asynchronous: bool, status: int, name: str) -> None:
    package = generate(**oauth2())
    seen: list[Seen] = []

    def handler(request: Seen) -> Reply:
        seen.append(request)
        return Reply(status, {"error": "hunter2_of_mine", "error_description": "hunter2_of_mine"})

    with serving(handler) as server:
        given = package.OAuth2("me", "hunter2_of_mine", username="u", password="p", refresh_token="r")
        error = call(package, server.origin, given, asynchronous)
    assert (type(error).__name__, error.status) == (name, status)
    assert "hunter2" not in f"{error}{error.data}{error.response and error.response.content!r}"
    # Who is refused for a refresh token has a password; who is not served has nothing else to try.
    assert len(seen) == (2 if name == "AuthenticationError" else 1)


def test_threads_renew_once(generate: Generates) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens()) as server:
        with client_of(package)(server.origin, token=package.OAuth2("me", "s")) as client:
            threads = [threading.Thread(target=client.x.call) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert (len(tokens.forms), len(tokens.called)) == (1, 16)


def test_tasks_renew_once(generate: Generates) -> None:
    package = generate(**oauth2())

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin, token=package.OAuth2("me", "s")) as client:
            await asyncio.gather(*(client.x.call() for _ in range(16)))

    with serving(tokens := Tokens()) as server:
        asyncio.run(run(server.origin))
    assert (len(tokens.forms), len(tokens.called)) == (1, 16)


def test_headers_of_the_api_stay_with_the_api(generate: Generates) -> None:
    package = generate(**oauth2())
    with serving(tokens := Tokens()) as server:
        given = package.OAuth2("me", "s")
        with client_of(package)(server.origin, token=given, headers={"X-Api-Key": "hunter2"}) as client:
            client.x.call()
    assert "x-api-key" not in tokens.asked[0].headers
    assert tokens.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


SCHEMES: dict[str, tuple[dict[str, Any], Callable[[Seen], str]]] = {
    "bearer": ({"type": "http", "scheme": "bearer"}, lambda seen: seen.headers["authorization"]),
    "header": ({"type": "apiKey", "in": "header", "name": "X-Key"}, lambda seen: f"Bearer {seen.headers['x-key']}"),
    "query": ({"type": "apiKey", "in": "query", "name": "key"}, lambda seen: f"Bearer {seen.target.partition('=')[2]}"),
    "cookie": ({"type": "apiKey", "in": "cookie", "name": "k"}, lambda seen: f"Bearer {seen.headers['cookie'][2:]}"),
}


@both
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_function_is_asked_for_each_call(generate: Generates, asynchronous: bool, scheme: str) -> None:
    declared, found = SCHEMES[scheme]
    package = generate(**secured(declared))
    numbers = iter(range(9))
    given: Any = lambda: f"t{next(numbers)}"  # noqa: E731
    if asynchronous:
        plain = given

        async def later() -> Any:
            await asyncio.sleep(0)
            return package.Secret(plain())

        given = later
    name = "token" if scheme == "bearer" else "api_key"
    with serving(lambda _: Reply(204)) as server:

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin, **{name: given}) as client:
                await client.x.call()
                await client.x.call()

        if asynchronous:
            asyncio.run(run())
        else:
            with client_of(package)(server.origin, **{name: given}) as client:
                client.x.call()
                client.x.call()
    assert [found(seen) for seen in server.seen] == ["Bearer t0", "Bearer t1"]


@both
def test_a_password_is_asked_for_each_call(generate: Generates, asynchronous: bool) -> None:
    package = generate(**secured({"type": "http", "scheme": "basic"}))
    numbers = iter(range(9))

    async def run(origin: str) -> None:
        given = {"username": "u", "password": lambda: f"p{next(numbers)}"}
        async with client_of(package, asynchronous=True)(origin, **given) as client:
            await client.x.call()
            await client.x.call()

    with serving(lambda seen: Reply(401 if seen.headers["authorization"].endswith("MQ==") else 204)) as server:
        if asynchronous:
            asyncio.run(run(server.origin))
        else:
            given = {"username": "u", "password": lambda: f"p{next(numbers)}"}
            with client_of(package)(server.origin, **given) as client:
                client.x.call()
                client.x.call()
    sent = [base64.b64decode(seen.headers["authorization"][6:]).decode() for seen in server.seen]
    assert sent == ["u:p0", "u:p1", "u:p2"]  # the second was refused


@both
def test_after_a_401_a_function_is_asked_once_more(generate: Generates, asynchronous: bool) -> None:
    package = generate(**secured({"type": "http", "scheme": "bearer"}))
    given = iter(["old", "new", "new", "new"])
    with serving(lambda seen: Reply(204 if seen.headers["authorization"] == "Bearer new" else 401)) as server:
        assert call(package, server.origin, lambda: next(given), asynchronous) is None
    assert len(server.seen) == 2
    with serving(lambda _: Reply(401)) as server:
        assert call(package, server.origin, lambda: "same", asynchronous).status == 401
    assert len(server.seen) == 1


@both
@pytest.mark.parametrize("value", [None, 7, "", "a\nb", "\ud800", b"bytes"])
def test_what_a_function_gives_is_checked_and_not_shown(generate: Generates, asynchronous: bool, value: Any) -> None:
    package = generate(**secured({"type": "http", "scheme": "bearer"}))
    with serving(lambda _: Reply(204)) as server:
        error = call(package, server.origin, lambda: value, asynchronous)
    assert type(error) is package.errors.ArgumentError
    assert str(error).startswith("token: ")
    assert server.seen == []


def test_what_cannot_be_is_refused_before_anything_is_sent(generate: Generates) -> None:
    package = generate(**secured({"type": "apiKey", "in": "header", "name": "X-Key"}))
    with pytest.raises(package.errors.ArgumentError, match="api_key: is no bearer token"):
        client_of(package)("http://127.0.0.1", api_key=package._runtime.OAuth2("me", "s"))
    package = generate(**secured({"type": "http", "scheme": "basic"}))
    with pytest.raises(package.errors.ArgumentError, match="password: is no bearer token"):
        client_of(package)("http://127.0.0.1", username="u", password=package._runtime.OAuth2("me", "s"))
    with pytest.raises(package.errors.ArgumentError, match="username: expected text"):
        client_of(package)("http://127.0.0.1", username=lambda: "u", password="p")
    package = generate(**secured({"type": "http", "scheme": "bearer"}))
    half = "hunter2\ud800"
    for arguments in (
        *({"username": "u"}, {"client_secret": 7}, {"password": "p"}, {"scope": half}, {"parameters": {"a": 7}}),
        *({"client_secret": half}, {"username": "u", "password": half}, {"refresh_token": half}),
    ):
        with pytest.raises(package.errors.ArgumentError) as refused:
            package.OAuth2("me", **arguments)
        assert "hunter2" not in f"{refused.value!r}{refused.value.__context__!r}"

    async def later() -> str:
        return "t"

    with serving(lambda _: Reply(204)) as server:
        assert "token_url" in str(call(package, server.origin, package.OAuth2("me", "s"), False))
        assert "asynchronous" in str(call(package, server.origin, later, False))
    assert server.seen == []
