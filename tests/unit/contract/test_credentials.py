"""Credentials: where each travels, what must be refused instead, and how a run is told them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.copied.suite.credentials import (
    MISSING,
    NOTHING,
    Scheme,
    attempts,
    chosen,
    sent,
    spoilt,
    together,
    unsendable,
    wrong,
)
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.run import Run, Unreachable
from vcsdk.copied.suite.settings import SettingsError, read, secrets
from vcsdk.copied.suite.signing import keys_of

HEADER, QUERY, COOKIE = Scheme("h", "header", "X-Key"), Scheme("q", "query", "api key"), Scheme("c", "cookie", "sid")
BEARER, BASIC, HTTP = Scheme("b", "bearer"), Scheme("u", "basic"), Scheme("t", "http", "Token")
CERTIFICATE, OTHER = Scheme("m", "certificate"), Scheme("o", "other", "digest")
OAUTH = Scheme("a", "bearer", delegated=True, grants=(("client_credentials", "token"),), scopes=("read", "write"))
WAYS = {scheme.key: scheme for scheme in (HEADER, QUERY, COOKIE, BEARER, BASIC, HTTP, CERTIFICATE, OTHER, OAUTH)}
URL = "http://127.0.0.1:1"


def catalogue(*schemes: Scheme, prefix: str = "/v1") -> Catalogue:
    one = Operation("one", "one", "GET", "/one", (), "#/paths/~1one/get", Effect.READ, security=(("h",), ("q", "u")))
    open_ = Operation("open", "open", "GET", "/open", (), "#/paths/~1open/get", Effect.READ)
    return Catalogue((open_, one), prefix=prefix, schemes=schemes)


@pytest.mark.parametrize(
    ("scheme", "fields", "address"),
    [
        (HEADER, {"X-Key": "k/="}, "/p?a=1"),
        (QUERY, {}, "/p?a=1&api%20key=k%2F%3D"),
        (COOKIE, {"Cookie": "sid=k/="}, "/p?a=1"),
        (BEARER, {"Authorization": "Bearer k/="}, "/p?a=1"),
        (BASIC, {"Authorization": "Basic k/="}, "/p?a=1"),
        (HTTP, {"Authorization": "Token k/="}, "/p?a=1"),
        (CERTIFICATE, {}, "/p?a=1"),
        (OTHER, {}, "/p?a=1"),
    ],
)
def test_each_credential_has_its_place(scheme: Scheme, fields: dict[str, str], address: str) -> None:
    made = sent(scheme, "k/=")

    assert made.fields == fields
    assert made.address("/p?a=1") == address
    assert sent(QUERY, "k").address("/p") == "/p?api%20key=k"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/p?api%20key=text", "/p?api%20key=k"),
        ("/p?a=1&api%20key=text&b=2", "/p?a=1&b=2&api%20key=k"),
        ("/p?api%20key=1&api%20key=2", "/p?api%20key=k"),
        ("/p?api%20keys=1", "/p?api%20keys=1&api%20key=k"),
        ("/p?api%20key", "/p?api%20key=k"),
    ],
)
def test_a_parameter_that_is_the_credential_is_sent_once(path: str, address: str) -> None:
    assert sent(QUERY, "k").address(path) == address


def test_two_cookies_are_one_header() -> None:
    both = sent(COOKIE, "1") | sent(Scheme("d", "cookie", "lang"), "2") | sent(HEADER, "3")

    assert both.fields == {"X-Key": "3", "Cookie": "sid=1; lang=2"}
    assert both.values == ("3", "1", "2")


@pytest.mark.parametrize(
    ("asked", "keys", "names"),
    [
        ((("h",), ("b",)), {"h": "1", "b": "2"}, ("h",)),
        ((("h",), ("b",)), {"b": "2"}, ("b",)),
        ((("h", "b"),), {"b": "2"}, None),
        ((("h",), ("u",)), {"h": "1", "u": "2"}, ("u",)),
        ((("m",),), {}, ("m",)),
        ((("h", "m"),), {"h": "1"}, ("h", "m")),
        ((("o",),), {"h": "1"}, None),
        ((("nobody",),), {"nobody": "1"}, None),
        (((),), {"h": "1"}, ()),
        ((), {"h": "1"}, None),
    ],
)
def test_the_alternative_that_the_keys_are_enough_for(asked: Any, keys: dict[str, str], names: Any) -> None:
    assert chosen(asked, WAYS, keys) == names


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((), []),
        (((), ("h",)), []),
        ((("h",),), [("", MISSING), ("h", "wrong"), ("h", "in the query"), ("h", "in a cookie")]),
        # The name of this one can be that of no header.
        ((("q",),), [("", MISSING), ("q", "wrong")]),
        ((("c",),), [("", MISSING), ("c", "wrong"), ("c", "in a header"), ("c", "in the query")]),
        ((("b",),), [("", MISSING), ("b", "wrong"), ("b", "under another scheme")]),
        # The connection shows the certificate whatever the request carries.
        ((("m",),), []),
        ((("h",), ("m",)), []),
        ((("m", "h"),), [("", MISSING), *(("h", how) for how in (MISSING, "wrong", "in the query", "in a cookie"))]),
        ((("o",),), [("", MISSING)]),
        (
            (("u", "b"),),
            [("", MISSING), *((key, how) for key in "ub" for how in (MISSING, "wrong", "under another scheme"))],
        ),
    ],
)
def test_what_must_be_refused(asked: Any, found: list[tuple[str, str]]) -> None:
    assert attempts(WAYS, asked) == found


def test_what_is_left_may_be_another_alternative() -> None:
    """With `b` alone enough, `h` may lack; without `b` it is not enough."""
    found = attempts(WAYS, (("b",), ("h", "b")))

    assert ("h", MISSING) not in found
    assert ("b", MISSING) in found


@pytest.mark.parametrize("value", ["abc-123", "0", "zZ9", "päss", "a.b", "head.claims.sign"])
def test_a_wrong_credential_is_another_one_of_the_same_form(value: str) -> None:
    made = wrong(BEARER, value)

    assert made != value
    assert len(made) == len(value)


def test_of_a_signed_token_only_the_signature_is_another_one() -> None:
    assert wrong(BEARER, "head.claims.sign").startswith("head.claims.")


def test_a_wrong_login_is_that_of_nobody() -> None:
    assert sent(BASIC, wrong(BASIC, "dXNlcjpwYXNz")).fields != sent(BASIC, "dXNlcjpwYXNz").fields


@pytest.mark.parametrize(
    ("how", "fields", "address"),
    [
        (MISSING, {}, "/p"),
        ("in the query", {}, "/p?X-Key=k"),
        ("in a cookie", {"Cookie": "X-Key=k"}, "/p"),
    ],
)
def test_a_credential_in_another_place(how: str, fields: dict[str, str], address: str) -> None:
    made = spoilt(HEADER, how, "k")

    assert (made.fields, made.address("/p")) == (fields, address)


def test_under_another_scheme() -> None:
    assert spoilt(BEARER, "under another scheme", "k").fields == {"Authorization": "Basic k"}
    assert spoilt(BASIC, "under another scheme", "k").fields == {"Authorization": "Bearer k"}
    assert spoilt(BEARER, "under another scheme", "k", taken=["authorization"]) == NOTHING


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("header", "k", True),
        ("header", "k\nX: y", False),
        ("bearer", "schlüssel", False),
        ("query", "schlüssel", True),
        ("cookie", "a;b", False),
        ("header", "a;b", True),
    ],
)
def test_what_cannot_be_sent(kind: str, value: str, fits: bool) -> None:
    assert (unsendable(kind, value) == "") is fits


def test_schemes_that_are_met_are_sent_together() -> None:
    assert together(("q", "u", "m"), WAYS, {"q": "1", "u": "2"}).fields == {"Authorization": "Basic 2"}


def test_a_request_of_no_operation_asks_for_what_others_do() -> None:
    known = catalogue(HEADER, QUERY, BASIC)

    assert known.asked("GET", "/v1/one") == (("h",), ("q", "u"))
    assert known.asked("GET", "/v1/open") == ()
    assert known.asked("PATCH", "/v1/one") == (("h",), ("q", "u"))
    assert known.asked("GET", "/v1/nothing") == (("h",), ("q", "u"))


ENVIRONMENT = {"ONE": "key-number-one", "TWO": "key-number-two", "BAD": "key\nBad: 1", "COOKIE": "a;b;c"}


def options(**given: Any) -> dict[str, Any]:
    return {"url": URL, **given}


@pytest.mark.parametrize(
    ("given", "tokens"),
    [
        (["ONE"], {"": "key-number-one"}),
        (["h=ONE"], {"h": "key-number-one"}),
        (["h=ONE", "TWO"], {"h": "key-number-one", "": "key-number-two"}),
        ([], {}),
    ],
)
def test_a_key_is_of_one_scheme_or_of_all(given: list[str], tokens: dict[str, str]) -> None:
    settings = read(options(token_env=given), catalogue(HEADER, BEARER), ENVIRONMENT)

    assert settings.tokens == tokens
    assert "key-number" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"token_env": ["x=ONE"]}, "no such security scheme; there are b, c, h"),
        ({"token_env": ["NOWHERE"]}, "--token-env NOWHERE: the environment has no such variable"),
        ({"token_env": ["BAD"]}, "--token-env: the key has characters that no header can carry"),
        ({"token_env": ["c=COOKIE"]}, "--token-env c=…: the key has a semicolon"),
        ({"token_fd": ["h=x"]}, "--token-fd h=x: expected NUMBER or SCHEME=NUMBER"),
        ({"client_id": "me"}, "--client-id needs --client-secret-env VARIABLE"),
        ({"client_id": "me", "client_secret_env": "ONE"}, "no scheme with the flow `clientCredentials`"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace("…", ".")) as refused:
        read(options(**given), catalogue(HEADER, BEARER, COOKIE), ENVIRONMENT)
    assert not any(value in str(refused.value) for value in ENVIRONMENT.values())


def test_a_key_may_come_from_a_descriptor() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"from-a-pipe\n")
    os.close(writing)
    try:
        assert secrets({"token_fd": [f"h={reading}"]}, {})["token h"] == "from-a-pipe"
    finally:
        os.close(reading)


def test_an_api_without_keys_takes_none() -> None:
    with pytest.raises(SettingsError, match="the API has no key to send"):
        read(options(token_env=["ONE"]), catalogue(BASIC), ENVIRONMENT)


ELSEWHERE = Scheme("a", "bearer", delegated=True, grants=(("client_credentials", "https://login.example.com/token"),))
AS_CLIENT = {"client_id": "me: you", "client_secret_env": "ONE"}


def test_credentials_leave_the_target_only_if_the_user_says_so() -> None:
    """A description is not trusted: its `tokenUrl` may be anybody's."""
    with pytest.raises(SettingsError, match=r"asks for tokens at https://login\.example\.com, .*--token-url"):
        read(options(**AS_CLIENT), catalogue(ELSEWHERE), ENVIRONMENT)
    read(options(**AS_CLIENT, token_url="https://login.example.com/token"), catalogue(ELSEWHERE), ENVIRONMENT)
    read(options(**AS_CLIENT), catalogue(OAUTH), ENVIRONMENT)


def run_on(server: Any, folder: Path, known: Catalogue, **given: Any) -> Run:
    (folder / "openapi.json").write_text(json.dumps({"openapi": "3.0.3", "paths": {}}))
    settings = read(options(**given), known, ENVIRONMENT)
    return Run(settings, known, Description(folder / "openapi.json"), folder, httpx2.MockTransport(server))


def test_a_program_gets_its_token(tmp_path: Path) -> None:
    asked: list[httpx2.Request] = []

    def server(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={"access_token": "t0ken-that-was-given"})

    run = run_on(server, tmp_path, catalogue(OAUTH), **AS_CLIENT)

    assert run.target.keys() == {"a": "t0ken-that-was-given"}
    (request,) = asked
    assert str(request.url) == f"{URL}/v1/token"
    assert request.content == b"grant_type=client_credentials&scope=read+write"
    # RFC 6749, 2.3.1: both are encoded as in a form, so that the colon in the name is none between them.
    assert httpx2.BasicAuth("me%3A+you", "key-number-one")._auth_header == request.headers["authorization"]
    assert run.secrets.mask("t0ken-that-was-given") == "[masked]"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx2.Response(400, json={"error": "key-number-one"}), "no token was given (400)"),
        (httpx2.Response(200, json={"token": "x"}), "has no `access_token`"),
        (httpx2.Response(200, json=[]), "has no `access_token`"),
        (httpx2.Response(200, text="no JSON"), "has no `access_token`"),
    ],
)
def test_who_gets_no_token_is_not_let_in(answer: httpx2.Response, told: str, tmp_path: Path) -> None:
    run = run_on(lambda _: answer, tmp_path, catalogue(OAUTH), **AS_CLIENT)

    with pytest.raises(Unreachable) as refused:
        run.preflight()
    assert told in str(refused.value)
    assert "key-number-one" not in str(refused.value)


@pytest.mark.parametrize("given", [{"token_env": ["a=ONE"]}, {"token_env": ["ONE"]}])
def test_a_key_that_is_given_is_not_asked_for_elsewhere(given: dict[str, Any], tmp_path: Path) -> None:
    """Seen with an account that has a name, and a password grant on a host that is not the target."""
    scheme = Scheme("a", "bearer", delegated=True, grants=(("password", "https://login.example.com/token"),))
    run = run_on(lambda _: httpx2.Response(500), tmp_path, catalogue(scheme), **given)

    assert keys_of(run, "somebody", "a-password") == {"a": ENVIRONMENT["ONE"]}
