"""An access token of OAuth 2.0 from the shell and from the environment: over a token server, without a program."""

from __future__ import annotations

import asyncio
import base64
import importlib
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.emitters.client import grants

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.generated.shell import shell
from tests.wire.generated.test_oauth2 import Tokens, oauth2, secured
from tests.wire.runtime.server import Reply, Seen
from tests.wire.runtime.test_secrets import everything

SECRET = "hunter2-s3cr3t"
BASIC = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def word(tmp_path: Path) -> str:
    (tmp_path / "word").write_text(SECRET + "\n")
    return str(tmp_path / "word")


def two(*schemes: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """One operation that takes either of these schemes."""
    document = operation(method="post")
    document["paths"]["/x"]["post"]["security"] = [{name: []} for name, _ in schemes]
    document["components"]["securitySchemes"] = dict(schemes)
    return document


def flow(**more: Any) -> dict[str, Any]:
    return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}, **more}}}


LINES: list[tuple[list[str], dict[str, str], str | None]] = [
    (["--client-id", "me", "--client-secret-file", "{word}"], {"grant_type": "client_credentials"}, BASIC),
    (["--client-id", "me", "--client-secret-env", "OTHER"], {"grant_type": "client_credentials"}, BASIC),
    (["--client-id=me"], {"grant_type": "client_credentials", "client_id": "me"}, None),
    (
        ["--client-id", "me", "--client-secret-file", "{word}", "--scope", "read write"],
        {"grant_type": "client_credentials", "scope": "read write"},
        BASIC,
    ),
    (
        ["--username", "u", "--password-file", "{word}"],
        {"grant_type": "password", "username": "u", "password": SECRET},
        None,
    ),
    (
        ["--client-id", "me", "--client-secret-env", "OTHER", "--username", "u", "--password-env", "OTHER"],
        {"grant_type": "password", "username": "u", "password": SECRET},
        BASIC,
    ),
    (
        ["--client-id", "me", "--client-secret-env", "OTHER", "--refresh-token-file", "{word}"],
        {"grant_type": "refresh_token", "refresh_token": SECRET},
        BASIC,
    ),
    (["--refresh-token-env", "OTHER"], {"grant_type": "refresh_token", "refresh_token": SECRET}, None),
]


@pytest.mark.parametrize(("options", "form", "basic"), LINES, ids=str)
@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_command_line_signs_in(
    options: list[str],
    form: dict[str, str],
    basic: str | None,
    place: str,
    generate: Generates,
    capsys: Capsys,
    word: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTHER", SECRET)
    words = [each.format(word=word) for each in options]
    package = generate(**oauth2())
    with shell(package, capsys, tokens := Tokens()) as run:
        ran = run(*words, "x", "call") if place == "before" else run("x", "call", *words)
        assert ran == (0, "", "")
    assert tokens.forms == [form]
    assert [seen.headers.get("authorization") for seen in tokens.asked] == [basic]
    assert tokens.called == ["access-1"]


@pytest.mark.parametrize(("options", "form", "basic"), LINES, ids=str)
def test_the_environment_signs_in_too(
    options: list[str],
    form: dict[str, str],
    basic: str | None,
    generate: Generates,
    capsys: Capsys,
    word: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the variables that help names: those of the same options, of programs and of the shell alike."""
    given = [part for option in options for part in option.split("=")]
    for flag, value in zip(given[::2], given[1::2], strict=True):
        name = flag.strip("-").upper().replace("-", "_")
        if name.endswith("_ENV"):
            monkeypatch.setenv(f"THING_{name[:-4]}", SECRET)
        else:
            monkeypatch.setenv(f"THING_{name}", value.format(word=word))
    package = generate(**oauth2())
    with shell(package, capsys, tokens := Tokens()) as run:
        assert run("x", "call") == (0, "", "")
        with client_of(package).from_env(target=run.server.origin) as client:
            client.x.call()
            client.x.call()
        asyncio.run(calls(package, run.server.origin))
    assert tokens.forms == [form] * 3
    assert {seen.headers.get("authorization") for seen in tokens.asked} == {basic}
    assert tokens.called == ["access-1", *["access-2"] * 2, *["access-3"] * 2]


async def calls(package: ModuleType, origin: str) -> None:
    async with client_of(package, asynchronous=True).from_env(target=origin) as client:
        await client.x.call()
        await client.x.call()


def test_a_token_that_ends_is_renewed_while_pages_come(
    generate: Generates, capsys: Capsys, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within one command: the answer 401 is no end."""
    package = generate(**oauth2())
    tokens = Tokens(uses=0)

    def handler(seen: Seen) -> Reply:
        if len(tokens.forms) == 1 and tokens.called:
            tokens.uses = 1
        return tokens(seen)

    with shell(package, capsys, handler) as run:
        assert run("--client-id", "me", "--client-secret-file", word, "x", "call") == (0, "", "")
    assert tokens.called == ["access-1", "access-2"]


def test_the_address_of_tokens_can_be_another(
    generate: Generates, capsys: Capsys, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a description that names none (OpenID Connect), and of one that names a wrong one."""
    connect = secured({"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/x"})
    for document in (oauth2(tokenUrl="https://127.0.0.1:1/wrong"), connect):
        package = generate(**document)
        with serving(tokens := Tokens()) as elsewhere, shell(package, capsys, tokens) as run:
            line = ("--client-id", "me", "--client-secret-file", word, "x", "call")
            assert run("--token-url", f"{elsewhere.origin}/oauth/token", *line).code == 0
            monkeypatch.setenv("THING_TOKEN_URL", "/oauth/token")  # beside the API
            assert run(*line).code == 0
            monkeypatch.delenv("THING_TOKEN_URL")
            assert len(elsewhere.seen) == 1
            ran = run(*line)
            assert ran.code == (2 if document is connect else 1)
            if document is connect:
                assert "token_url: is needed" in ran.err


WRONG: list[tuple[list[str], dict[str, str], str]] = [
    (["--client-id", "me", "--token-env", "OTHER"], {}, "token, client_id: say a token or what one is had by"),
    ([], {"TOKEN": SECRET, "CLIENT_ID": "me"}, "THING_TOKEN, THING_CLIENT_ID: say a token or what one is had by"),
    (["--client-secret-env", "OTHER"], {}, "THING_CLIENT_ID: is not set, but client_secret is"),
    ([], {"CLIENT_SECRET": SECRET}, "THING_CLIENT_ID: is not set, but THING_CLIENT_SECRET is"),
    (["--username", "u"], {}, "password of u is needed: --password-file or THING_PASSWORD"),
    (["--password-env", "OTHER"], {}, "THING_USERNAME: is not set, but password is"),
    ([], {"CLIENT_ID": ""}, "THING_CLIENT_ID: is set and empty"),
    ([], {"CLIENT_ID": "me", "CLIENT_SECRET_FILE": "/not/there"}, "THING_CLIENT_SECRET_FILE: its file cannot be read"),
    (["--client-id", "me", "--client-secret", SECRET], {}, "there is no option --client-secret here"),
    (["--client-id", "me", "--client-secret-file", "/not/there"], {}, "--client-secret-file: /not/there: No such file"),
    (["--client-id", "me", "--token-url", f"https://u:{SECRET}@h/x"], {}, "token_url: expected an address"),
    ([], {"CLIENT_ID": "me", "TOKEN_URL": f"https://u:{SECRET}@h/x"}, "THING_TOKEN_URL: expected an address"),
    (["--client-id", "me", "--token-url", "ftp://h/x"], {}, "token_url: expected an address of http or https"),
    (["--client-id", "me", "--token-url", "http://[x"], {}, "token_url: expected an address of http or https"),
]


@pytest.mark.parametrize(("options", "environment", "said"), WRONG, ids=str)
def test_what_cannot_be_is_said_and_nothing_is_sent(
    options: list[str],
    environment: dict[str, str],
    said: str,
    generate: Generates,
    capsys: Capsys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTHER", SECRET)
    for name, value in environment.items():
        monkeypatch.setenv(f"THING_{name}", value)
    package = generate(**oauth2())
    with shell(package, capsys) as run:
        ran = run("x", "call", *options)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1
        assert SECRET not in ran.err
        assert run.server.seen == []
        if environment:
            with pytest.raises(package.errors.ArgumentError) as refused:
                client_of(package).from_env(target=run.server.origin)
            assert said in str(refused.value)
            assert SECRET not in everything(refused.value)


def test_a_keyword_stands_in_place_of_the_environment(generate: Generates, monkeypatch: pytest.MonkeyPatch) -> None:
    package = generate(**oauth2())
    monkeypatch.setenv("THING_CLIENT_ID", "me")
    with serving(tokens := Tokens()) as server:
        tokens.left["mine"] = 1
        with client_of(package).from_env(target=server.origin, token="mine") as client:
            client.x.call()
    assert (tokens.forms, tokens.called) == ([], ["mine"])


def test_a_refusal_of_the_token_server(generate: Generates, capsys: Capsys, word: str) -> None:
    package = generate(**oauth2())
    with shell(package, capsys, tokens := Tokens(refuse={"client_credentials"})) as run:
        ran = run("--client-id", "me", "--client-secret-file", word, "x", "call")
    assert ran.code == 1
    assert "AuthenticationError: oauth2.token: the token address answered 400: invalid_grant" in ran.err
    assert "hunter2" not in ran.err
    assert tokens.called == []


def test_names_are_told_apart_where_others_have_them(
    generate: Generates, capsys: Capsys, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER", SECRET)
    package = generate(**two(("basic", {"type": "http", "scheme": "basic"}), ("login", flow())))
    with shell(package, capsys, tokens := Tokens()) as run:
        assert run("--token-username", "u", "--token-password-file", word, "x", "call").code == 0
        assert tokens.forms == [{"grant_type": "password", "username": "u", "password": SECRET}]
        assert run("--client-id", "me", "x", "call").code == 0
        assert run("--username", "u", "--password-file", word, "x", "call").code == 1  # the API wants a token
        assert run.server.seen[-1].headers["authorization"].startswith("Basic ")
    package = generate(**two(("partner", flow()), ("shopLogin", flow())))
    with shell(package, capsys, tokens := Tokens()) as run:
        assert run("--shop-login-client-id", "me", "--shop-login-client-secret-env", "OTHER", "x", "call").code == 0
        monkeypatch.setenv("THING_PARTNER_CLIENT_ID", "partner")
        assert run("x", "call").code == 0
        assert [form.get("client_id") for form in tokens.forms] == [None, "partner"]
    document = two(("login", flow()))
    variables = {"scope": {"default": "a"}, "client_id": {"default": "b"}}
    document["servers"] = [{"url": "https://{scope}.example.com/{client_id}", "variables": variables}]
    package = generate(**document)
    with shell(package, capsys, tokens := Tokens()) as run:
        assert run("--token-client-id", "me", "--token-scope", "all", "--client-id", "v9", "x", "call").code == 0
        assert tokens.forms == [{"grant_type": "client_credentials", "client_id": "me", "scope": "all"}]
        assert run.server.seen[-1].target == "/v9/x"


def test_other_bearers_have_no_such_options(generate: Generates, capsys: Capsys) -> None:
    package = generate(**secured({"type": "http", "scheme": "bearer"}))
    with shell(package, capsys) as run:
        assert "--client-id" not in run("--help").out
        assert "there is no option --client-id" in run("--client-id", "me", "x", "call").err


def test_help_names_options_and_variables(generate: Generates, capsys: Capsys) -> None:
    package = generate(**oauth2())
    with shell(package, capsys) as run:
        said = " ".join(run("--help").out.split())
        found = run("--complete", "--", "--client-", target=False)
    assert "--client-id NAME the client that gets a token by OAuth 2.0 [THING_CLIENT_ID]" in said
    assert "[THING_CLIENT_SECRET, THING_CLIENT_SECRET_FILE]" in said
    assert found.out.split() == ["--client-id", "--client-secret-env", "--client-secret-file"]
    doc = client_of(package).from_env.__doc__
    assert "`THING_CLIENT_ID`, `THING_CLIENT_SECRET`, `THING_CLIENT_SECRET_FILE`" in " ".join(doc.split())


def test_the_runtime_and_the_emitter_know_the_same_parts(generate: Generates) -> None:
    package = generate(**oauth2())
    facts = importlib.import_module(f"{package.__name__}._runtime.facts")
    assert (facts.GRANTED, facts.SECRET_GRANTED) == (grants.GRANTED, grants.SECRET_GRANTED)


def test_the_password_is_asked_for_on_a_terminal(read: Reads, tmp_path: Path) -> None:
    described = read(**oauth2())
    source = write_client(described.api, described.config, described.document, tmp_path)
    name = next(path.name for path in source.iterdir() if (path / "client.py").is_file())
    with serving(tokens := Tokens()) as server:
        ours, its = pty.openpty()
        line = [sys.executable, "-m", name, "--target", server.origin, "--username", "u", "x", "call"]
        run = subprocess.Popen(
            line,
            env={**os.environ, "PYTHONPATH": str(source)},
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)
        shown = b""
        with io.FileIO(ours, "r+") as terminal:
            while b"password of u: " not in shown:
                shown += terminal.read(1024) or b""
            terminal.write(SECRET.encode() + b"\n")
            assert run.wait(30) == 0
    assert tokens.forms == [{"grant_type": "password", "username": "u", "password": SECRET}]
    assert SECRET.encode() not in shown


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (
            oauth2(),
            "- `token`: An OAuth 2.0 access token, or an `OAuth2` that gets them (`login`), sent as "
            "`Authorization: Bearer`",
        ),
        (secured({"type": "http", "scheme": "basic"}), "- `username` and `password`, sent as HTTP Basic"),
        (
            secured({"type": "apiKey", "in": "header", "name": "X`Key"}),
            "- `api_key`: An API key (`login`), sent as it is in the header ``X`Key``",
        ),
        (
            secured({"type": "apiKey", "in": "query", "name": "a<b>*c*"}),
            "- `api_key`: An API key (`login`), sent in the query as `a<b>*c*`",
        ),
        (operation(), None),
    ],
    ids=["oauth2", "basic", "back-tick", "markup", "none"],
)
def test_the_readme_tells_how_to_sign_in_and_its_program_runs(
    document: dict[str, Any], says: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "thing.json"
    path.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, **document}))
    assert main(["generate", str(path), "-o", str(tmp_path / "out"), "-q"]) == 0
    text = (tmp_path / "out/thing/README.md").read_text()
    _, _, rest = text.partition("## Authentication\n")
    if says is None:
        assert not rest
        return
    section = rest.partition("\n\n`Thing.from_env")[0]
    assert says in section.splitlines()
    code = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(code) == ("OAuth2" in says)
    with imported(tmp_path / "out/thing/src", "thing"):
        for program in code:
            exec(program, {"client_secret": "s"})
