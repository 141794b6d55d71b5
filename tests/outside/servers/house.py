"""What the servers of several houses have in common: routes, refusals, JSON that was read once and with care."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

JSON = "application/json"
TEXT: dict[str, Any] = {"type": "string"}
TOKEN = "t0ken-of-the-store"


class Refused(Exception):
    """A request is not carried out."""

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        self.status, self.why, self.headers = status, why, headers


class House:
    """A server; each house writes its errors in its own way (`error`).  `bugs` are what is wrong with it."""

    def __init__(self, *bugs: str) -> None:
        self.bugs = set(bugs)
        handlers = {404: self.elsewhere, 405: self.elsewhere, Refused: self.refused}
        self.app = Starlette(routes=[*self.routes()], exception_handlers=handlers)  # type: ignore[arg-type]

    def routes(self) -> list[Route]:
        raise NotImplementedError

    def error(self, status: int, why: str) -> Any:
        raise NotImplementedError

    def told(self, status: int, why: str, headers: Any = None) -> Response:
        return JSONResponse(self.error(status, why), status, headers)

    async def elsewhere(self, _: Request, error: Any) -> Response:
        return self.told(error.status_code, error.detail, error.headers)

    async def refused(self, _: Request, error: Any) -> Response:
        return self.told(error.status, error.why, error.headers)

    def route(self, path: str, **handlers: Callable[[Request], Awaitable[Response]]) -> Route:
        """One path; a handler for each method."""

        async def handle(request: Request) -> Response:
            self.let_in(request)
            method = "get" if request.method == "HEAD" and "head" not in handlers else request.method.lower()
            return await handlers[method](request)

        return Route(path, handle, methods=[name.upper() for name in handlers])

    def let_in(self, request: Request) -> None:
        word, _, value = request.headers.get("authorization", "").partition(" ")
        if word.lower() != "bearer" or value != TOKEN:
            raise Refused(401, "Requires authentication", {"WWW-Authenticate": "Bearer"})


def once(request: Request, name: str) -> str | None:
    """A parameter of the query that may stand there once."""
    given = request.query_params.getlist(name)
    if len(given) > 1:
        raise Refused(400, name)
    return given[0] if given else None


def whole(request: Request, name: str, default: int, least: int, most: int, status: int = 400) -> int:
    """A whole number of the query."""
    text = once(request, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 9) or not least <= int(text) <= most:
        raise Refused(status, name)
    return int(text)


def one_of(request: Request, name: str, default: str, words: tuple[str, ...], status: int = 400) -> str:
    """A word of the query."""
    text = once(request, name)
    if text is not None and text not in words:
        raise Refused(status, name)
    return text if text is not None else default


async def body_of(request: Request, kinds: tuple[str, ...] = (JSON,), status: int = 400) -> Any:
    """The JSON of a request."""
    content = await request.body()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in kinds:
        raise Refused(415, "Unsupported Media Type")
    try:
        return json.loads(content.decode(), object_pairs_hook=_pairs, parse_constant=_never)
    except ValueError:
        raise Refused(status, "Problems parsing JSON") from None


def is_whole(value: Any) -> bool:
    """An integer, as JSON Schema means it."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _never(_: str) -> Any:
    raise ValueError


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def carried(schema: Any, kind: str = JSON) -> dict[str, Any]:
    return {"content": {kind: {"schema": schema}}}


def asked(schema: Any, kind: str = JSON, *, required: bool = True) -> dict[str, Any]:
    return {"required": required, **carried(schema, kind)}


def query(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def header(name: str, schema: Any = TEXT, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "schema": schema, **more}


def place(name: str, schema: Any = TEXT) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def shown(*names: str) -> dict[str, Any]:
    return {name: {"schema": TEXT} for name in names}


def described(title: str, paths: dict[str, Any], schemas: dict[str, Any], version: str = "3.0.3") -> dict[str, Any]:
    """A description whose operations all ask for a token."""
    return {
        "openapi": version,
        "info": {"title": title, "version": "1"},
        "security": [{"token": []}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": schemas},
    }
