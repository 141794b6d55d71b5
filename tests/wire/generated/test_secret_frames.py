"""Packages of any API, each way to sign in, each way to fail: no frame of ours and no exception shows a secret."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rich.pretty import pretty_repr

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply, Seen
from tests.wire.runtime.test_secrets import everything

SECRET = "hunter2-s3cr3t-p4ss"
USER = "somebody"
BASIC = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
TOKEN = "acc3ss-0123456789"
SHOWING = (SECRET, BASIC, TOKEN)


def key(where: str) -> dict[str, str]:
    return {"type": "apiKey", "in": where, "name": "X-Key"}


def flow(kind: str) -> dict[str, Any]:
    return {"type": "oauth2", "flows": {kind: {"tokenUrl": "/oauth/token", "scopes": {}}}}


def grant(package: ModuleType) -> Any:
    return package.OAuth2(client_id="c", client_secret=SECRET)


def by_password(package: ModuleType) -> Any:
    return package.OAuth2(client_id="c", username=USER, password=SECRET)


SCHEMES: dict[str, tuple[dict[str, Any], Callable[[ModuleType], dict[str, Any]]]] = {
    "basic": ({"type": "http", "scheme": "basic"}, lambda _: {"username": USER, "password": SECRET}),
    "bearer": ({"type": "http", "scheme": "bearer"}, lambda _: {"token": SECRET}),
    "function": ({"type": "http", "scheme": "bearer"}, lambda _: {"token": lambda: SECRET}),
    "header": (key("header"), lambda _: {"api_key": SECRET}),
    "query": (key("query"), lambda _: {"api_key": SECRET}),
    "cookie": (key("cookie"), lambda _: {"api_key": SECRET}),
    "client": (flow("clientCredentials"), lambda package: {"token": grant(package)}),
    "password": (flow("password"), lambda package: {"token": by_password(package)}),
}


def description(scheme: dict[str, Any]) -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}}
    document = operation(body=body, answers={"200": {"description": "It.", **_content({"type": "integer"})}})
    document["paths"]["/x"]["post"]["security"] = [{"it": []}]
    document["paths"]["/lines"] = {
        "get": {
            "operationId": "lines",
            "tags": ["things"],
            "security": [{"it": []}],
            "responses": {"200": {"description": "All.", "content": {"application/x-ndjson": {"schema": {}}}}},
        }
    }
    document["components"] = {"securitySchemes": {"it": scheme}}
    return document


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _echo(status: int) -> Callable[[Seen], Reply]:
    """An answer that says what came: headers, cookies, query and body."""

    def answer(seen: Seen) -> Reply:
        told = json.dumps({"headers": dict(seen.headers), "target": seen.target})
        headers = {name: seen.headers[name] for name in ("authorization", "x-key", "cookie") if name in seen.headers}
        return Reply(status, body=told.encode(), headers={**headers, "Set-Cookie": f"sid={TOKEN}"})

    return answer


ANSWERS: dict[str, Callable[[Seen], Reply]] = {
    "refused": lambda _: Reply(401, {"detail": "no"}),
    "cut": lambda _: Reply(cut="reset"),
    "in vain": lambda _: Reply(hang=2),
    "elsewhere": lambda seen: Reply(302, headers={"Location": f"http://127.0.0.1:1/?{seen.target}"}),
    "too large": lambda _: Reply(200, "x" * 5000),
    "does not fit": lambda _: Reply(200, {"x": 1}, headers={"X-Key": SECRET}),
    "no JSON": lambda _: Reply(200, body=b"{"),
    "broken coding": lambda _: Reply(200, body=b"x", headers={"Content-Encoding": "gzip"}),
}

CALLS: dict[str, Callable[[Any], Any]] = {
    "call": lambda client: client.x.call(),
    "argument": lambda client: client.x.call(a="many"),
    "header": lambda client: client.with_options(headers={"X-A": f"{SECRET}\n"}).x.call(),
    "query": lambda client: client.with_options(query={"q": f"{SECRET}\udcff"}).x.call(),
    "request": lambda client: client.request("POST", "/x", headers={"X-A": f"{SECRET}\n"}),
    "body": lambda client: client.with_options(body={"b": f"{SECRET}\udcff"}).x.call(),
    "member": lambda client: client.with_options(body={"b": [SECRET, object()]}).x.call(),
    "stream": lambda client: client.lines.lines(),
}


def problem(package: ModuleType, origin: str, call: Callable[[Any], Any], given: Any, asynchronous: bool) -> Any:
    """The exception of a call, or None where it gave a value."""

    async def run() -> None:
        async with client_of(package, asynchronous=True)(origin, **options) as client:
            found = call(client)
            found = await found if asyncio.iscoroutine(found) else found
            if hasattr(found, "close"):
                await found.close()

    options = {"retries": 0, "timeout": 0.4, "max_answer_bytes": 1000, **given}
    try:
        if asynchronous:
            asyncio.run(run())
        else:
            with client_of(package)(origin, **options) as client:
                call(client)
    except package.errors.SdkError as error:
        return error
    return None


def _token_or(answer: Callable[[Seen], Reply]) -> Callable[[Seen], Reply]:
    def both(seen: Seen) -> Reply:
        if seen.target == "/oauth/token":
            return Reply(200, {"access_token": TOKEN, "token_type": "bearer", "expires_in": 300})
        return answer(seen)

    return both


@pytest.mark.slow
@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_failure_of_a_call_shows_a_secret(generate: Generates, scheme: str, asynchronous: bool) -> None:
    described, given = SCHEMES[scheme]
    package = generate(**description(described))
    for name, answer in {**ANSWERS, **{f"echo {n}": _echo(n) for n in (400, 401, 404, 500)}}.items():
        with serving(_token_or(answer)) as server:
            found = problem(package, server.origin, CALLS["call"], given(package), asynchronous)
            assert found is not None, name
            assert not [secret for secret in SHOWING if secret in everything(found)], name
    for name, call in CALLS.items():
        with serving(_token_or(lambda _: Reply(404, {"detail": "no"}))) as server:
            found = problem(package, server.origin, call, given(package), asynchronous)
            assert found is not None, name
            assert not [secret for secret in SHOWING if secret in everything(found)], name
    found = problem(package, "http://127.0.0.1:1", CALLS["call"], given(package), asynchronous)
    assert not [secret for secret in SHOWING if secret in everything(found)]


TOKENS: dict[str, Callable[[Seen], Reply]] = {
    "echo": _echo(400),
    "echo of the form": lambda seen: Reply(400, {"error": "invalid_client", "error_description": seen.body.decode()}),
    "text": lambda seen: Reply(500, body=seen.body, headers={"Content-Type": "text/plain"}),
    "cut": lambda _: Reply(cut="close"),
    "in vain": lambda _: Reply(hang=2),
    "no JSON": lambda seen: Reply(200, body=b'{"access_token": "' + TOKEN.encode()),
    "no token": lambda seen: Reply(200, {"token": TOKEN, "said": seen.body.decode()}),
    "no header's token": lambda _: Reply(200, {"access_token": TOKEN + "\n"}),
    "half a pair": lambda _: Reply(200, body=b'{"access_token": "' + TOKEN.encode() + b'\\ud800"}'),
    "a list": lambda seen: Reply(200, [TOKEN, seen.body.decode()]),
    "elsewhere": lambda seen: Reply(307, headers={"Location": f"http://127.0.0.1:1/?{seen.body.decode()}"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("scheme", ["client", "password"])
def test_no_failure_of_a_token_server_shows_a_secret(generate: Generates, scheme: str, asynchronous: bool) -> None:
    described, given = SCHEMES[scheme]
    package = generate(**description(described))
    for name, answer in TOKENS.items():
        with serving(answer) as server:
            found = problem(package, server.origin, CALLS["call"], given(package), asynchronous)
            assert found is not None, name
            assert not [secret for secret in SHOWING if secret in everything(found)], name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_that_a_client_leads_to_prints_one(generate: Generates, scheme: str) -> None:
    described, given = SCHEMES[scheme]
    package = generate(**description(described))
    with serving(_token_or(lambda _: Reply(200, 1))) as server:
        with client_of(package)(server.origin, **given(package)) as client:
            assert client.x.call() == 1
            derived = client.with_options(headers={"X-Own-Key": SECRET}, query={"key": SECRET})
            for shown in (client, client.x, client._transport, derived, derived._transport, vars(client)):
                assert not [secret for secret in SHOWING if secret in repr(shown) + pretty_repr(shown)]
            assert derived.x.call() == 1


@pytest.mark.parametrize("scheme", ["basic", "bearer", "header", "query", "cookie"])
def test_what_a_server_says_of_a_secret_is_masked_in_errors_alone(generate: Generates, scheme: str) -> None:
    described, given = SCHEMES[scheme]
    package = generate(**description(described))
    with serving(lambda _: Reply(403, {"detail": f"the key {SECRET} of {USER} may not"})) as server:
        found = problem(package, server.origin, CALLS["call"], given(package), asynchronous=False)
    assert f"the key *** of {USER} may not" in str(found)
    short = {name: "key" if value == SECRET else value for name, value in given(package).items()}
    with serving(lambda _: Reply(403, {"detail": "this monkey may not"})) as server:
        assert "this monkey may not" in str(problem(package, server.origin, CALLS["call"], short, asynchronous=False))
    document = description(described)
    answers = document["paths"]["/x"]["post"]["responses"]
    answers["200"]["content"] = {"application/json": {"schema": {"type": "string"}}}
    other = generate(**document)
    with serving(lambda _: Reply(200, f"the key {SECRET}")) as server:
        with client_of(other)(server.origin, **given(other)) as client:
            assert client.x.call() == f"the key {SECRET}"


def test_an_exception_of_a_function_is_its_own_and_shows_nothing_of_ours(generate: Generates) -> None:
    package = generate(**description(SCHEMES["bearer"][0]))

    def broken() -> str:
        raise RuntimeError("the vault is closed")

    with serving(lambda _: Reply(200, 1)) as server:
        with client_of(package)(server.origin, token=broken) as client:
            with pytest.raises(RuntimeError, match="the vault is closed") as caught:
                client.with_options(headers={"X-A": SECRET}).x.call()
            assert SECRET not in everything(caught.value)


def test_threads_that_fail_show_nothing(generate: Generates, tmp_path: Path) -> None:
    package = generate(**description(SCHEMES["header"][0]))
    shown: list[str] = []

    def work() -> None:
        found = problem(package, "http://127.0.0.1:1", CALLS["call"], {"api_key": SECRET}, asynchronous=False)
        shown.append(everything(found))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shown) == 4
    assert SECRET not in "".join(shown)
