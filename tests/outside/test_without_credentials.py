"""The suite on correct servers that ask who is there, in a run without credentials: it says so, and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.suites import Ran, served, suite_of

SCHEMES: dict[str, dict[str, Any]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
    "oauth": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a.example/", "scopes": {}}}},
    "digest": {"type": "http", "scheme": "digest"},
    "hawk": {"type": "http", "scheme": "hawk"},
    "unheard": {"type": "passport"},
}
KEEPERS = {
    "401": lambda: Response(status_code=401, headers={"WWW-Authenticate": 'Bearer realm="things"'}),
    "403 of a gateway": lambda: Response("<h1>no</h1>", 403, media_type="text/html"),
    "a page to sign in at": lambda: RedirectResponse("/login", 302),
}


def description(scheme: dict[str, Any], *, public: int = 0, either: bool = False) -> dict[str, Any]:
    """Things behind a scheme, and `public` operations that ask for nothing; with `either` a second scheme would do."""
    thing = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    }
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    named = {"required": True, "content": {"application/json": {"schema": {**thing, "required": ["name"]}}}}

    def told(node: Any) -> dict[str, Any]:
        return {"description": "It.", "content": {"application/json": {"schema": node}}}

    bad, none = {"422": {"description": "bad"}}, {"404": {"description": "none"}}
    paths: dict[str, Any] = {
        "/things": {
            "get": {"operationId": "list", "responses": {"200": told({"type": "array", "items": thing})}},
            "post": {"operationId": "make", "requestBody": named, "responses": {"201": told(thing), **bad}},
        },
        "/things/{id}": {
            "parameters": [key],
            "get": {"operationId": "read", "responses": {"200": told(thing), **none, **bad}},
        },
    }
    for number in range(public):
        answered = {"200": told({"type": "object", "required": ["up"], "properties": {"up": {"type": "boolean"}}})}
        paths[f"/health/{number}"] = {
            "get": {"operationId": f"health{number}", "security": [], "responses": answered},
        }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Locked", "version": "1"},
        "security": [{"way": []}, *([{"other": []}] if either else [])],
        "paths": paths,
        "components": {"securitySchemes": {"way": scheme, **({"other": SCHEMES["key"]} if either else {})}},
    }


def server(keeper: str, *, open_door: bool = False, breaks: bool = False) -> Starlette:
    """Lets nobody in; with `open_door` anybody lists things, and with `breaks` whoever is not let in breaks it."""

    async def things(request: Request) -> Response:
        if open_door and request.method == "GET":
            return JSONResponse([])
        if breaks:
            return JSONResponse({"detail": "no user"}, 500)
        return KEEPERS[keeper]()

    async def health(_: Request) -> Response:
        return JSONResponse({"up": True})

    async def thing(_: Request) -> Response:
        return KEEPERS[keeper]()

    return Starlette(
        routes=[
            Route("/things", things, methods=["GET", "POST"]),
            Route("/things/{id}", thing),
            Route("/health/{number}", health),
        ]
    )


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def ran(described: dict[str, Any], app: Starlette, folder: Path, level: str = "write") -> Ran:
    (folder / "openapi.json").write_text(json.dumps(described), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite, served(app) as url:
        return suite.run(url, "--level", level, scratch=folder)


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_cannot_say_who_asks_decides_nothing(scheme: str, keeper: str, tmp_path: Path) -> None:
    found = ran(description(SCHEMES[scheme]), server(keeper), tmp_path)

    assert found.findings == [], found.printed
    assert found.results["verdict"] == "inconclusive"
    assert "3 operations could not be asked: the run was given no credential for them." in found.results["trouble"]


@pytest.mark.parametrize(
    ("scheme", "either", "way"),
    [
        ("bearer", False, "pass --token-env way=VARIABLE"),
        ("basic", False, "pass --username and --password-env"),
        ("digest", False, "`way` is none that the suite can send"),
        ("unheard", False, "`way` is none that the suite can send"),
        ("digest", True, "pass --token-env other=VARIABLE"),
    ],
)
def test_it_says_how_it_is_given_one(scheme: str, either: bool, way: str, tmp_path: Path) -> None:
    found = ran(description(SCHEMES[scheme], either=either), server("401"), tmp_path, "read")

    told = f"the target asks for a credential that the run does not have: {way}"
    assert told in {reason.partition("not exercised: ")[2] or reason for reason in found.reasons}, found.reasons


def test_no_test_names_an_option_that_gives_nothing(tmp_path: Path) -> None:
    found = ran(description(SCHEMES["basic"]), server("401"), tmp_path, "read")

    assert not [reason for reason in found.reasons if "--token-env" in reason]
    assert "not exercised: pass --username and --password-env" in found.reasons


def test_what_anybody_may_ask_is_tested_all_the_same(tmp_path: Path) -> None:
    found = ran(description(SCHEMES["bearer"], public=4), server("401"), tmp_path)

    assert found.findings == [], found.printed
    assert found.results["verdict"] == "holds"
    silent = {row["operation"] for row in found.results["not_exercised"] if "credential" in row["reason"]}
    assert {name.rpartition(".")[2] for name in silent} == {"list", "make", "read"}


@pytest.mark.parametrize(("wrong", "check"), [("open_door", "credentials-needed"), ("breaks", "status-documented")])
def test_what_is_wrong_with_the_door_is_found_from_outside(wrong: str, check: str, tmp_path: Path) -> None:
    found = ran(description(SCHEMES["bearer"]), server("401", **{wrong: True}), tmp_path)

    assert check in found.checks, found.printed
    assert found.results["verdict"] == "broken"
