"""The suite on correct servers that refuse in different ways, made with Starlette: nothing is found at any level."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.suites import served, suite_of

KEY = "k3y-of-the-styles"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Style:
    """How a server refuses: the status for what does not fit, the content of errors, what it looks at first."""

    refusal: int = 400
    content: str = "application/json"
    first: str = "key"
    unknown: int = 404

    @property
    def documented(self) -> dict[str, Any]:
        body = {"content": {self.content: {"schema": {"type": "object"}}}} if self.content != "text/html" else {}
        return {str(status): {"description": "No.", **body} for status in (401, 404, self.refusal)}


STYLES = {
    "422": Style(422),
    "problem+json": Style(400, PROBLEM),
    "problem+json, 422": Style(422, PROBLEM),
    "HTML behind a gateway": Style(400, "text/html"),
    "404 before 401": Style(first="identifier"),
    "the key after the body": Style(first="body"),
    "plain": Style(),
}


def description(style: Style) -> dict[str, Any]:
    new = {"type": "object", "required": ["name", "size"], "properties": {"name": {"type": "string"}}}
    new["properties"]["size"] = {"type": "integer", "minimum": 1}  # type: ignore[index]
    thing = {**new, "required": ["id", "name", "size"], "properties": {**new["properties"], "id": {"type": "string"}}}  # type: ignore[dict-item]
    one, many = (
        {"$ref": "#/components/schemas/Thing"},
        {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
    )

    def ok(schema: Any) -> dict[str, Any]:
        return {"description": "ok", "content": {"application/json": {"schema": schema}}}

    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}}
    errors = style.documented
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}}
    place = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Styles", "version": "1"},
        "security": [{"key": []}],
        "paths": {
            "/things": {
                "get": {"operationId": "every", "parameters": [limit], "responses": {"200": ok(many), **errors}},
                "post": {"operationId": "make", "requestBody": body, "responses": {"201": ok(one), **errors}},
            },
            "/things/{id}": {
                "parameters": [place],
                "get": {"operationId": "one", "responses": {"200": ok(one), **errors}},
                "put": {"operationId": "put", "requestBody": body, "responses": {"200": ok(one), **errors}},
                "delete": {"operationId": "drop", "responses": {"204": {"description": "Gone."}, **errors}},
            },
        },
        "components": {
            "schemas": {"Thing": thing, "NewThing": new},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }


class Server:
    """Correct, in one style."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.things: dict[str, Any] = {}
        self.numbers = itertools.count(1)
        self.app = Starlette(
            routes=[
                Route("/things", self.every, methods=["GET"]),
                Route("/things", self.make, methods=["POST"]),
                Route("/things/{id}", self.one, methods=["GET", "PUT", "DELETE"]),
            ],
            exception_handlers={HTTPException: self.refused},
        )

    async def refused(self, _: Request, error: Any) -> Response:
        if self.style.content == "text/html":
            page = f"<html><body><h1>{error.status_code}</h1></body></html>"
            return HTMLResponse(page, error.status_code, error.headers)
        body = {"status": error.status_code, "title": str(error.detail)}
        return JSONResponse(body, error.status_code, error.headers, media_type=self.style.content)

    def let_in(self, request: Request) -> None:
        if request.headers.get("x-key") != KEY:
            raise HTTPException(401, "no", {"WWW-Authenticate": "ApiKey"})

    def known(self, request: Request) -> Any:
        thing = self.things.get(request.path_params["id"])
        if thing is None:
            raise HTTPException(404, "none")
        return thing

    async def body(self, request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(415, "type")
        try:
            body = json.loads(await request.body())
        except ValueError:
            raise HTTPException(self.style.refusal, "no JSON") from None
        size = body.get("size") if isinstance(body, dict) else None
        whole = isinstance(size, int) and not isinstance(size, bool) and size >= 1
        if not whole or not isinstance(body.get("name"), str):
            raise HTTPException(self.style.refusal, "body")
        return {"name": body["name"], "size": size}

    async def every(self, request: Request) -> Response:
        self.let_in(request)
        limit = request.query_params.get("limit", "100")
        if not limit.isdecimal() or not limit.isascii() or int(limit) < 1 or len(limit) > 9:
            raise HTTPException(self.style.refusal, "limit")
        return JSONResponse([*self.things.values()][: int(limit)])

    async def make(self, request: Request) -> Response:
        if self.style.first == "body":
            body = await self.body(request)
        self.let_in(request)
        body = await self.body(request)
        key = f"t{next(self.numbers)}"
        self.things[key] = {"id": key, **body}
        return JSONResponse(self.things[key], 201, {"Location": f"/things/{key}"})

    async def one(self, request: Request) -> Response:
        if self.style.first == "identifier":
            self.known(request)
        self.let_in(request)
        if self.style.first == "body" and request.method == "PUT":
            await self.body(request)
        key = self.known(request)["id"]
        if request.method == "PUT":
            self.things[key] = {"id": key, **await self.body(request)}
        if request.method == "DELETE":
            del self.things[key]
            return Response(status_code=204)
        return JSONResponse(self.things[key])


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STYLES_KEY", KEY)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("style", STYLES)
def test_a_correct_server_gives_no_finding(style: str, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(description(STYLES[style])), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        changing = [o.python_path for o in suite.described.api.operations if o.safety != "read"]
        allowed = [word for name in changing for word in ("--allow", name)]
        for level in (("read",), ("write",), ("destructive", *allowed, "--max-accepted", "50")):
            server = Server(STYLES[style])
            with served(server.app) as url:
                ran = suite.run(url, "--token-env", "STYLES_KEY", "--level", *level, scratch=tmp_path)

            assert ran.findings == [], ran.printed
            assert ran.results["verdict"] == "holds", ran.printed
            assert server.things == {}
