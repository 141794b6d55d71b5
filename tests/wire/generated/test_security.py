"""Credentials on the wire: each kind of scheme, several at once, alternatives; and what is not at hand."""

from __future__ import annotations

import asyncio
import inspect
import logging
import traceback
from http.cookies import SimpleCookie
from typing import Any

import httpx2
import pytest
from starlette.requests import cookie_parser
from vcsdk.naming.reserved import CLIENT_KEYWORDS
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import both, client_of, operation, serving
from tests.wire.runtime.server import Reply, Seen
from tests.wire.simulator.conftest import QUICK

BASIC = {"type": "http", "scheme": "basic"}
BEARER = {"type": "http", "scheme": "bearer"}
OAUTH2 = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example.com", "scopes": {"r": ""}}}}
OIDC = {"type": "openIdConnect", "openIdConnectUrl": "https://a.example.com/.well-known/openid-configuration"}
DIGEST = {"type": "http", "scheme": "digest"}


def key(where: str, name: str = "X-Key") -> dict[str, str]:
    return {"type": "apiKey", "in": where, "name": name}


def api(security: Any, parameters: list[dict[str, Any]] | None = None, **schemes: Any) -> dict[str, Any]:
    """One operation that asks for `security`."""
    document = operation(method="get", parameters=parameters)
    document["paths"]["/x"]["get"]["security"] = security
    document["components"] = {"securitySchemes": schemes}
    return document


def asking(*names: str) -> list[dict[str, list[str]]]:
    return [{name: [] for name in names}]


def sent(seen: Seen) -> dict[str, str]:
    """The credentials of a request."""
    found = {name: seen.headers[name] for name in ("authorization", "cookie") if name in seen.headers}
    found |= {name: value for name, value in seen.headers.items() if name.startswith("x-")}
    query = seen.target.partition("?")[2]
    return {**found, **({"query": query} if query else {})}


def got(package: Any, **credentials: Any) -> dict[str, str]:
    """What both clients send, which is the same."""
    requests, _ = both(package, lambda c: c.x.call(), lambda _: Reply(204), **credentials)
    one, other = map(sent, requests)
    assert one == other
    return one


def refused(package: Any, **credentials: Any) -> str:
    """What both clients say before anything is sent."""
    said = []
    with serving(lambda _: Reply(204)) as server:
        with client_of(package)(server.origin, **credentials) as client:
            with pytest.raises(package.ArgumentError) as caught:
                client.x.call()
            said.append(str(caught.value))

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin, **credentials) as client:
                with pytest.raises(package.ArgumentError) as caught:
                    await client.x.call()
                said.append(str(caught.value))

        asyncio.run(run())
        assert server.seen == []
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize(
    ("scheme", "given", "expected"),
    [
        (BASIC, {"username": "u", "password": "p:ä"}, {"authorization": "Basic dTpwOsOk"}),
        (BASIC, {"username": "key", "password": ""}, {"authorization": "Basic a2V5Og=="}),
        (BEARER, {"token": "t"}, {"authorization": "Bearer t"}),
        ({"type": "http", "scheme": "Bearer"}, {"token": "t"}, {"authorization": "Bearer t"}),
        (OAUTH2, {"token": "t"}, {"authorization": "Bearer t"}),
        (OIDC, {"token": "t"}, {"authorization": "Bearer t"}),
        ({"type": "http", "scheme": "Token"}, {"token": "t"}, {"authorization": "Token t"}),
        (key("header"), {"api_key": "a/b=="}, {"x-key": "a/b=="}),
        (key("header", "Authorization"), {"api_key": "Key abc"}, {"authorization": "Key abc"}),
        (key("query", "api key"), {"api_key": "a/b&c="}, {"query": "api%20key=a%2Fb%26c%3D"}),
        (key("cookie", "sid"), {"api_key": "a/b+c=="}, {"cookie": "sid=a/b+c=="}),
    ],
)
def test_each_kind_of_scheme(scheme: Any, given: Any, expected: Any, generate: Generates) -> None:
    assert got(generate(**api(asking("it"), it=scheme)), **given) == expected


@pytest.mark.parametrize("text", ["plain", "a/b+c==", "{x}~|^`", "!#$%25&'()*"])
def test_other_servers_read_the_key_of_a_cookie(text: str, generate: Generates) -> None:
    package = generate(
        **api(asking("it"), [{"name": "k", "in": "cookie", "schema": {"type": "string"}}], it=key("cookie", "sid"))
    )
    requests, _ = both(package, lambda c: c.x.call(k="v"), api_key=text)
    for seen in requests:
        assert cookie_parser(seen.headers["cookie"]) == {"k": "v", "sid": text}
        assert {name: morsel.value for name, morsel in SimpleCookie(seen.headers["cookie"]).items()} == {
            "k": "v",
            "sid": text,
        }


@pytest.mark.parametrize("name", ["session", "basic", "none", "token", "password", "self", "class", "9 lives", "ä"])
def test_the_name_of_a_scheme_says_nothing_of_its_kind(name: str, generate: Generates) -> None:
    package = generate(**api([{name: [], "other": []}], **{name: key("cookie", "sid"), "other": OIDC}))
    assert got(package, api_key="k", token="t") == {"cookie": "sid=k", "authorization": "Bearer t"}


def keywords(package: Any) -> list[str]:
    parameters = inspect.signature(client_of(package)).parameters
    assert list(parameters) == list(inspect.signature(client_of(package, asynchronous=True)).parameters)
    base_url, *own = [p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY]
    assert base_url == "base_url"
    return [name for name in own if name not in CLIENT_KEYWORDS]


def test_several_schemes_of_a_kind_have_the_names_of_the_description(generate: Generates) -> None:
    schemes = {
        "apiKeyAuth": key("header", "X-Api"),
        "app-key": key("query", "app"),
        "OAuth2PasswordBearer": OAUTH2,
        "verify": OIDC,
        "login": BASIC,
        "Admin": BASIC,
    }
    package = generate(**api([{name: []} for name in schemes], **schemes))
    credentials = {
        "api_key_auth": {"x-api": "c"},
        "app_key": {"query": "app=c"},
        "oauth2_password_bearer": {"authorization": "Bearer c"},
        "verify_": {"authorization": "Bearer c"},
    }
    users = ["login_username", "login_password", "admin_username", "admin_password"]
    assert keywords(package) == [*credentials, *users]
    for name, expected in credentials.items():
        assert got(package, **{name: "c"}) == expected
    assert got(package, admin_username="u", admin_password="p") == {"authorization": "Basic dTpw"}
    doc = inspect.getdoc(client_of(package).__init__) or ""
    assert "app_key: An API key (`app-key`), sent in the query as `app`." in doc
    assert (
        "oauth2_password_bearer: An OAuth 2.0 access token, or an `OAuth2` that gets them (`OAuth2PasswordBearer`)"
        in doc
    )
    assert all(f"    {name}: " in doc for name in keywords(package))


def test_only_what_an_operation_asks_for_is_an_argument(generate: Generates) -> None:
    package = generate(**api(asking("one"), one=BEARER, other=OAUTH2, third=BASIC))
    assert keywords(package) == ["token"]
    with pytest.raises(TypeError, match="username"):
        client_of(package)("h", username="u", password="p")
    assert keywords(generate(**operation())) == []


ALL = {"k": key("header"), "q": key("query", "q"), "c": key("cookie", "c"), "t": OAUTH2}


def test_several_at_once(generate: Generates) -> None:
    package = generate(**api(asking("t", "k", "q", "c"), **ALL))
    given = {"k": "1", "q": "2", "c": "3", "token": "4"}
    assert got(package, **given) == {"x-key": "1", "query": "q=2", "cookie": "c=3", "authorization": "Bearer 4"}
    said = refused(package, k="1", c="3", token="4")
    assert said == "x.call: needs credentials, nothing was sent; pass the client `token` and `k` and `q` and `c`"


def test_the_first_alternative_that_is_at_hand_as_a_whole(generate: Generates) -> None:
    package = generate(**api([*asking("t", "k"), *asking("q"), *asking("c")], **ALL))
    assert got(package, q="2", c="3") == {"query": "q=2"}
    assert got(package, k="1", c="3") == {"cookie": "c=3"}
    assert got(package, k="1", c="3", token="4") == {"authorization": "Bearer 4", "x-key": "1"}
    said = refused(package, k="1")
    assert said.endswith("pass the client `token` and `k`; or `q`; or `c`")
    assert "`token` and `k`; or `q`" in refused(package)


@pytest.mark.parametrize("security", [[{}, {"t": []}], [{"t": []}, {}]])
def test_what_is_optional_is_sent_where_it_is_at_hand(security: Any, generate: Generates) -> None:
    """The specification's own example has `{}` first ("Optional OAuth2 Security")."""
    package = generate(**api(security, t=OAUTH2))
    assert got(package) == {}
    assert got(package, token="t") == {"authorization": "Bearer t"}


def test_nothing_is_sent_where_nothing_is_asked_for(generate: Generates) -> None:
    document = api([], t=OAUTH2)
    document["security"] = asking("t")
    document["paths"]["/y"] = {"get": {"operationId": "asked", "responses": {"204": {"description": "Done."}}}}
    package = generate(**document)
    assert got(package, token="t") == {}
    requests, _ = both(package, lambda c: c.y.asked(), token="t")
    assert [sent(seen) for seen in requests] == [{"authorization": "Bearer t"}] * 2


@pytest.mark.parametrize(
    ("schemes", "given", "expected"),
    [
        ({"a": BASIC, "b": BEARER}, {"username": "u", "password": "p"}, {"authorization": "Basic dTpw"}),
        ({"a": BASIC, "b": BEARER}, {"token": "t"}, {"authorization": "Bearer t"}),
        ({"a": key("header"), "b": key("header", "x-key")}, {"b": "2"}, {"x-key": "2"}),
        ({"a": OAUTH2, "b": OIDC}, {"b": "2"}, {"authorization": "Bearer 2"}),
    ],
)
def test_two_in_one_place_are_alternatives(
    schemes: Any, given: Any, expected: Any, generate: Generates, read: Reads
) -> None:
    document = api(asking(*schemes), **schemes)
    assert got(generate(**document), **given) == expected
    found = [d for d in read(**document).diagnostics.found if d.rule == "same-credential"]
    assert [d.message for d in found] == [
        "`a` and `b` are asked for together, and are sent in one place: either is taken"
    ]


@pytest.mark.parametrize(
    ("where", "headers"),
    [("header", {"X-KEY": "mine"}), ("header", {"x-key": "mine"}), ("authorization", {"Authorization": "Digest x"})],
)
def test_a_header_that_the_caller_sets_is_at_hand(where: str, headers: dict[str, str], generate: Generates) -> None:
    package = generate(**api(asking("it"), it=key("header") if where == "header" else DIGEST))
    assert got(package, headers=headers) == {name.lower(): value for name, value in headers.items()}
    assert "`api_key`" in (said := refused(package)) or "`headers` with Authorization (digest)" in said


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (key("header", "k"), {"headers": {"k": "argument"}}),
        (key("query", "k"), {"query": "k=argument"}),
        (key("cookie", "k"), {"cookie": "k=argument"}),
    ],
)
def test_an_argument_of_the_call_is_at_hand_and_sent_once(scheme: Any, expected: Any, generate: Generates) -> None:
    parameter = {"name": "k", "in": scheme["in"], "schema": {"type": "string"}}
    package = generate(**api(asking("it"), [parameter], it=scheme))
    for credentials in ({}, {"api_key": "the client's"} if scheme["in"] == "query" else {"api_key": "other"}):
        requests, _ = both(package, lambda c: c.x.call(k="argument"), **credentials)
        for seen in requests:
            assert {**sent(seen), "headers": {"k": seen.headers.get("k")}}.items() >= expected.items()
    assert "`api_key`" in refused(package)


def test_a_client_certificate_is_of_the_connection(generate: Generates) -> None:
    import ssl

    package = generate(**api(asking("tls", "k"), tls={"type": "mutualTLS"}, k=key("header")))
    assert got(package, api_key="1", verify=ssl.create_default_context()) == {"x-key": "1"}
    said = refused(package, api_key="1")
    assert said.endswith("pass the client `verify` (an ssl.SSLContext with a client certificate) and `api_key`")


@pytest.mark.parametrize(
    ("scheme", "given", "said"),
    [
        (BASIC, {"username": "u"}, "username, password: one makes no sense without the other"),
        (BASIC, {"password": "s3cret"}, "username, password: one makes no sense without the other"),
        (BASIC, {"username": "u:s3cret", "password": "p"}, "username: holds a colon"),
        (BEARER, {"token": ""}, "token: is empty"),
        (BEARER, {"token": "s3cret\r\nX: y"}, "token: a header takes printable ASCII only"),
        (BEARER, {"token": 7}, "token: expected text"),
        (key("header"), {"api_key": "s3cretä"}, "api_key: a header takes"),
        (key("cookie"), {"api_key": "s3cret; x=y"}, "api_key: a cookie takes"),
        (key("query"), {"api_key": ""}, "api_key: is empty"),
    ],
)
def test_credentials_that_cannot_be_sent(scheme: Any, given: Any, said: str, generate: Generates) -> None:
    package = generate(**api(asking("it"), it=scheme))
    for asynchronous in (False, True):
        with pytest.raises(package.ArgumentError, match=said) as caught:
            client_of(package, asynchronous)("h", **given)
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("scheme", "given"),
    [
        (BASIC, {"username": "u-s3cret", "password": "p-s3cret"}),
        (OAUTH2, {"token": "t-s3cret"}),
        (key("header"), {"api_key": "s3cret"}),
        (key("query", "k"), {"api_key": "s3cret"}),
        (key("cookie", "k"), {"api_key": "s3cret"}),
    ],
)
def test_no_secret_shows(scheme: Any, given: Any, generate: Generates, caplog: pytest.LogCaptureFixture) -> None:
    package = generate(**api(asking("it"), it=scheme))
    header = scheme.get("name", "X-Key")

    def answer(seen: Seen) -> Reply:
        echoed = {"Set-Cookie": "k=s3cret", **({header: "s3cret"} if scheme.get("in") == "header" else {})}
        return Reply(400, json={"title": "No."}, headers=echoed)

    with caplog.at_level(logging.DEBUG), serving(answer) as server:
        with client_of(package)(server.origin, **given) as client:
            shown = [repr(client), repr(client.x), repr(vars(client._transport.caller.session))]
            with pytest.raises(package.ApiError) as caught:
                client.x.call()
        assert sent(server.seen[0])
    error = caught.value
    shown += ["".join(traceback.format_exception(error)), repr(vars(error)), repr(error.response.headers)]
    assert "s3cret" not in "".join([*shown, caplog.text])


def test_a_secret_of_either_kind_is_taken(generate: Generates) -> None:
    package = generate(**api(asking("it"), it=BEARER))

    class Vault:
        def reveal(self) -> str:
            return "kept"

    assert got(package, token=package.Secret("kept")) == got(package, token=Vault()) == {"authorization": "Bearer kept"}


COMBINATIONS: list[tuple[Any, list[dict[str, str]], list[dict[str, str]]]] = [
    (asking("t"), [{"token": "1"}], []),
    (asking("t", "k"), [{"token": "1", "api_key": "2"}], [{"api_key": "2"}, {"token": "1"}]),
    ([*asking("q"), *asking("c")], [{"q": "1"}, {"c": "2"}, {"q": "1", "c": "2"}], [{}]),
    ([*asking("t"), {}], [{}, {"token": "1"}], []),
]


@pytest.mark.parametrize(("security", "enough", "too_little"), COMBINATIONS)
def test_the_simulator_asks_for_the_same(
    security: Any, enough: Any, too_little: Any, generate: Generates, tmp_path: Any
) -> None:
    package = generate(**api(security, **ALL))
    with Simulator(read_api(tmp_path / "thing.json"), SimulatorOptions(**QUICK)).running() as url:
        for credentials in enough:
            with client_of(package)(url, **credentials) as client:
                client.x.call()
        # Of a description that asks for nothing: what this client sends is up to its caller.
        careless = generate(**operation(method="get"))
        for credentials in too_little:
            spelled = {
                "token": ("Authorization", f"Bearer {credentials.get('token')}"),
                "api_key": ("X-Key", credentials.get("api_key", "")),
            }
            headers = dict(spelled[name] for name in credentials)
            with client_of(careless)(url, headers=headers) as client, pytest.raises(careless.ApiError) as caught:
                client.x.call()
            assert caught.value.status == 401
            assert "www-authenticate" in caught.value.response.headers


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        (OAUTH2, ["Bearer t", "bearer t"], ["t", "Basic dTpw", "Bearer", "Token t"]),
        ({"type": "http", "scheme": "Token"}, ["Token t", "token t"], ["Bearer t", "Token"]),
        (DIGEST, ['Digest username="u"'], ["Bearer t"]),
        (BASIC, [], ["Bearer t", "Basic", "Basic dTpw"]),
    ],
)
def test_the_simulator_tells_schemes_apart(scheme: Any, right: list[str], wrong: list[str], read: Reads) -> None:
    described = read(**api(asking("it"), it=scheme))
    with Simulator(described, SimulatorOptions(**QUICK)).running() as url:
        for text in right:
            assert httpx2.get(f"{url}/x", headers={"Authorization": text}).status_code == 204
        for text in wrong:
            answer = httpx2.get(f"{url}/x", headers={"Authorization": text})
            assert answer.status_code == 401
            word = {"oauth2": "Bearer"}.get(scheme["type"], scheme.get("scheme", ""))
            assert answer.headers["www-authenticate"].lower().startswith(f"{word.lower()} realm=")


@pytest.mark.parametrize("scheme", [key("query", 'a "k"\r\nX: y'), {"type": "http", "scheme": "a b\r\nX: y"}])
def test_a_challenge_is_one_header_whatever_the_description_says(scheme: Any, read: Reads) -> None:
    with Simulator(read(**api(asking("it"), it=scheme)), SimulatorOptions(**QUICK)).running() as url:
        answer = httpx2.get(f"{url}/x")
    assert answer.status_code == 401
    assert "x" not in answer.headers
