"""What `vcsdk lint` says of security schemes: how each travels, the argument for it, and who asks for it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"
SCHEMES: dict[str, Any] = {
    "login": {"type": "http", "scheme": "basic"},
    "jwt": {"type": "http", "scheme": "bearer"},
    "digest": {"type": "http", "scheme": "digest"},
    "head": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "asked": {"type": "apiKey", "in": "query", "name": "key"},
    "cook": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "oauth": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://auth.example.com/token", "scopes": {}}},
    },
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://auth.example.com/.well-known"},
    "tls": {"type": "mutualTLS"},
    "unasked": {"type": "http", "scheme": "bearer"},
}
EXPECTED = {
    "login": "Authorization: Basic from",
    "jwt": "Authorization: Bearer from",
    "digest": "http: no client can be given it",
    "head": "header X-Key from",
    "asked": "query key from",
    "cook": "cookie sid from",
    "oauth": "Authorization: Bearer from",
    "oidc": "Authorization: Bearer from",
    "tls": "TLS, by verify= or http_client=",
}


def description(**operations: Any) -> dict[str, Any]:
    paths = {
        f"/{name}": {
            "get": {"operationId": name, "tags": ["a"], "responses": {"204": {"description": "Done."}}, **more}
        }
        for name, more in operations.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Thing", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": SCHEMES},
    }


def lines(run: Run, data: dict[str, Any]) -> dict[str, str]:
    Path("d.json").write_text(json.dumps(data))
    result = run("lint", "d.json")
    assert result.status == 0, result.err
    paragraph = result.out.split("Credentials\n", 1)[1].split("\n\n", 1)[0].splitlines()
    return {line.split()[0]: " ".join(line.split()[1:]) for line in paragraph}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_scheme_alone_is_needed(name: str, run: Run, folder: Path) -> None:
    told = lines(run, description(one={"security": [{name: []}]}, free={}))
    assert told[name].startswith(EXPECTED[name])
    assert told[name].endswith("needed by 1 of 2 operations")
    assert told["unasked"] == "Authorization: Bearer, no argument no operation asks for it"
    assert told["1"] == "operation can be called without any"


def test_the_arguments_are_those_of_the_client(run: Run, folder: Path) -> None:
    security = [{name: []} for name in EXPECTED]
    data = description(**{f"o{number}": {"security": [each]} for number, each in enumerate(security)})
    Path("d.json").write_text(json.dumps(data))
    told = json.loads(run("lint", "d.json", "--json").out)["credentials"]
    assert run("generate", "d.json", "-o", "out").status == 0
    trees = (ast.parse(file.read_text()) for file in Path("out").rglob("*.py"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    made = [node for each in classes if each.name == "Thing" for node in ast.walk(each) if isinstance(node, ast.arg)]
    taken = {argument.arg for argument in made}
    arguments = [name for each in told for name in each["arguments"]]
    assert len(arguments) == len(EXPECTED) - 1  # basic has two, the certificate and Digest none
    assert set(arguments) <= taken
    assert [each["name"] for each in told if not each["arguments"]] == ["digest", "tls", "unasked"]
    assert [each["alone"] for each in told] == [1] * len(EXPECTED) + [0]


def test_alternatives_and_combinations(run: Run, folder: Path) -> None:
    told = lines(
        run,
        description(
            either={"security": [{"jwt": []}, {"head": []}]},
            both={"security": [{"jwt": [], "head": []}]},
            maybe={"security": [{"jwt": []}, {}]},
        ),
    )
    assert told["jwt"].endswith("needed by 1, one way for 2 of 3 operations")
    assert told["head"].endswith("needed by 1, one way for 1 of 3 operations")
    assert told["1"] == "operation can be called without any"


def test_a_session_is_made_from_a_user(run: Run) -> None:
    out = run("lint", str(SPEC)).out
    assert (
        "  api_key_auth  header vmware-api-session-id from username=, password=  needed by 10 of 11 operations" in out
    )


def test_a_hostile_name_stays_on_its_line(run: Run, folder: Path) -> None:
    data = description(one={"security": [{"a\x1b[31m\nb": []}]})
    data["components"]["securitySchemes"] = {"a\x1b[31m\nb": {"type": "apiKey", "in": "header", "name": "X-\x1b[0m"}}
    Path("d.json").write_text(json.dumps(data))
    result = run("lint", "d.json")
    assert "\x1b" not in result.out + result.err


def test_the_account_of_a_session_that_is_not_described(run: Run, folder: Path) -> None:
    types = {"type": "string", "enum": ["UNAUTHENTICATED", "NOT_FOUND", "ERROR"]}
    error = {"type": "object", "properties": {"error_type": types, "messages": {"type": "array", "items": {}}}}
    answer = {"description": "no", "content": {"application/json": {"schema": error}}}
    data = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "/api"}]}
    data["paths"] = {"/vcenter/vm": {"get": {"operationId": "list", "responses": {"default": answer}}}}
    (folder / "little.toml").write_text('[api]\nprofile = "vapi"\n')
    (folder / "little.json").write_text(json.dumps(data))
    told = run("lint", "little.json").out
    assert "username=, password=" in told
    assert "needed where a session is made, which is not described" in told
    assert "no operation asks for it" not in told
