"""A correct server of a description that was written by hand, in the styles that servers are written in."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

JSON, MERGE, PROBLEM = "application/json", "application/merge-patch+json", "application/problem+json"
LIBRARIAN, READER, PASSWORD = "librarian", "reader", "p4ssw0rd-of-the-books"
GENRES = ("novel", "atlas")
LONGEST_NAME = 40
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Style:
    """How a server refuses.  `order` is what it looks at first: who, may, where, what, body."""

    invalid: int = 400
    errors: str = JSON
    secured: bool = False
    order: tuple[str, ...] = ("who", "may", "where", "body")
    pages: bool = False
    """A gateway answers what is about no operation, in HTML, and once that the service is still starting."""


STYLES = {
    "plain": Style(),
    "422": Style(invalid=422),
    "problem": Style(invalid=422, errors=PROBLEM),
    "secured": Style(secured=True),
    "privilege-first": Style(secured=True),
    "privilege-last": Style(secured=True, order=("who", "body", "where", "may")),
    "gateway": Style(pages=True),
    "404-before-401": Style(secured=True, order=("where", "who", "may", "body")),
    "body-before-identifier": Style(invalid=422, order=("who", "may", "body", "where")),
}


def description(style: Style) -> dict[str, Any]:
    """What the server of this style does, with everything it answers documented."""
    error = {"description": "No.", "content": {style.errors: {"schema": {"$ref": "#/components/schemas/Error"}}}}
    book = {JSON: {"schema": {"$ref": "#/components/schemas/Book"}}}
    who = {"401": {**error, "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}}}} if style.secured else {}
    may = {"403": error} if style.secured else {}
    bad = {str(style.invalid): error}
    key = {"name": "book", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    tag = {"ETag": {"required": True, "schema": {"type": "string"}}}
    one = {"description": "It.", "content": book, "headers": tag}
    found = {"description": "Them.", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Page"}}}}
    location = {"Location": {"required": True, "schema": {"type": "string", "format": "uri-reference"}}, **tag}
    below = {**who, **bad, "404": error}
    text = {"text/plain": {"schema": {"type": "string", "minLength": 1, "maxLength": 100}}}
    parameters = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}},
        {"name": "cursor", "in": "query", "schema": {"type": "string", "pattern": "^[0-9]{1,6}$"}},
        {"name": "genre", "in": "query", "schema": {"$ref": "#/components/schemas/Genre"}},
        {"name": "X-Trace", "in": "header", "schema": {"type": "string", "format": "uuid"}},
    ]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": "/v1"}],
        "security": [{"account": []}] if style.secured else [],
        "paths": {
            "/books": {
                "get": {
                    "operationId": "listBooks",
                    "tags": ["books"],
                    "parameters": parameters,
                    "responses": {"200": found, **who, **bad},
                },
                "post": {
                    "operationId": "addBook",
                    "tags": ["books"],
                    "requestBody": {
                        "required": True,
                        "content": {JSON: {"schema": {"$ref": "#/components/schemas/NewBook"}}},
                    },
                    "responses": {"201": {**one, "headers": location}, **who, **may, **bad, "415": error},
                },
            },
            "/books/{book}": {
                "parameters": [key],
                "get": {"operationId": "getBook", "tags": ["books"], "responses": {"200": one, **below}},
                "put": {
                    "operationId": "replaceBook",
                    "tags": ["books"],
                    "requestBody": {
                        "required": True,
                        "content": {JSON: {"schema": {"$ref": "#/components/schemas/NewBook"}}},
                    },
                    "responses": {"200": one, **below, **may, "415": error},
                },
                "patch": {
                    "operationId": "changeBook",
                    "tags": ["books"],
                    "requestBody": {
                        "required": True,
                        "content": {MERGE: {"schema": {"$ref": "#/components/schemas/Change"}}},
                    },
                    "responses": {"200": one, **below, **may, "415": error},
                },
                "delete": {
                    "operationId": "removeBook",
                    "tags": ["books"],
                    "responses": {"204": {"description": "Gone."}, **below, **may},
                },
            },
            "/motto": {
                "get": {
                    "operationId": "getMotto",
                    "tags": ["motto"],
                    "responses": {"200": {"description": "It.", "content": text}, **who},
                },
                "put": {
                    "operationId": "setMotto",
                    "tags": ["motto"],
                    "requestBody": {"required": True, "content": text},
                    "responses": {"204": {"description": "Done."}, **who, **may, **bad, "415": error},
                },
            },
        },
        "components": {
            "securitySchemes": {"account": {"type": "http", "scheme": "basic"}},
            "schemas": {
                "Genre": {"type": "string", "enum": [*GENRES]},
                "NewBook": {
                    "type": "object",
                    "required": ["name", "genre"],
                    "properties": {
                        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
                        "genre": {"$ref": "#/components/schemas/Genre"},
                        "pages": {"type": ["integer", "null"], "minimum": 1, "maximum": 99999},
                    },
                },
                "Change": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
                        "pages": {"type": ["integer", "null"], "minimum": 1, "maximum": 99999},
                    },
                },
                "Book": {
                    "allOf": [
                        {"$ref": "#/components/schemas/NewBook"},
                        {
                            "type": "object",
                            "required": ["id"],
                            "properties": {"id": {"type": "string", "format": "uuid"}},
                        },
                    ]
                },
                "Page": {
                    "type": "object",
                    "required": ["books"],
                    "properties": {
                        "books": {"type": "array", "items": {"$ref": "#/components/schemas/Book"}},
                        "next": {"type": "string"},
                    },
                },
                "Error": {
                    "type": "object",
                    "required": ["title", "status"],
                    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}},
                },
            },
        },
    }


class Refused(Exception):
    """A request is not carried out."""

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        self.status, self.why, self.headers = status, why, headers


Handler = Callable[[Request], Awaitable[Response]]


class Books:
    """The server; `app` serves it."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.books: dict[str, dict[str, Any]] = {}
        self.motto = "read"
        self.started = not style.pages
        many = Route("/v1/books", self.many, methods=["GET", "POST"])
        one = Route("/v1/books/{book}", self.one, methods=["GET", "PUT", "PATCH", "DELETE"])
        motto = Route("/v1/motto", self.the_motto, methods=["GET", "PUT"])
        self.app = Starlette(
            routes=[many, one, motto],
            exception_handlers={404: self.elsewhere, 405: self.elsewhere, Refused: self.refused},
        )

    async def elsewhere(self, _: Request, error: Any) -> Response:
        if self.style.pages:
            page = f"<html><h1>{error.status_code} {error.detail}</h1><hr>gateway</html>"
            return HTMLResponse(page, error.status_code, error.headers)
        return self.error(error.status_code, error.detail, error.headers)

    async def refused(self, _: Request, error: Any) -> Response:
        return self.error(error.status, error.why, error.headers)

    def error(self, status: int, why: str, headers: Any = None) -> Response:
        return JSONResponse({"title": why, "status": status}, status, headers, media_type=self.style.errors)

    async def many(self, request: Request) -> Response:
        if not self.started:
            self.started = True
            return HTMLResponse("<html><h1>503</h1>gateway</html>", 503, {"Retry-After": "0"})
        if request.method == "GET":
            await self.look(request, writes=False)
            return self.listed(request)
        body = await self.look(request, kind=JSON, needed=("name", "genre"))
        key = str(uuid.uuid4())
        self.books[key] = {**_known(body), "id": key}
        return self.told(key, 201, {"Location": f"/v1/books/{key}"})

    def listed(self, request: Request) -> Response:
        limit = self.number(request, "limit", "20", 1, 100)
        first = self.number(request, "cursor", "0", 0, 999999)
        genres = request.query_params.getlist("genre")
        if any(genre not in GENRES for genre in genres) or len(genres) > 1:
            raise Refused(self.style.invalid, "genre")
        trace = request.headers.get("x-trace")
        if trace is not None and not _UUID.fullmatch(trace):
            raise Refused(self.style.invalid, "x-trace")
        found = [book for book in self.books.values() if not genres or book["genre"] == genres[0]]
        rest = found[first + limit :]
        page = {"books": found[first : first + limit], **({"next": str(first + limit)} if rest else {})}
        return JSONResponse(page)

    def number(self, request: Request, name: str, default: str, least: int, most: int) -> int:
        given = request.query_params.getlist(name) or [default]
        if len(given) > 1 or not re.fullmatch("[0-9]{1,6}", given[0]) or not least <= int(given[0]) <= most:
            raise Refused(self.style.invalid, name)
        return int(given[0])

    async def one(self, request: Request) -> Response:
        key = request.path_params["book"].lower()
        if request.method == "GET":
            await self.look(request, writes=False)
        elif request.method == "DELETE":
            await self.look(request)
            del self.books[key]
            return Response(status_code=204)
        elif request.method == "PUT":
            body = await self.look(request, kind=JSON, needed=("name", "genre"))
            self.books[key] = {**_known(body), "id": key}
        else:
            body = await self.look(request, kind=MERGE)
            self.books[key] |= _known(body)
        return self.told(key, 200)

    def told(self, key: str, status: int, headers: dict[str, str] | None = None) -> Response:
        book = {name: value for name, value in self.books[key].items() if value is not None}
        tag = f'"{hash(json.dumps(book)) & 0xFFFFFFFF:08x}"'
        return JSONResponse(book, status, {"ETag": tag, **(headers or {})})

    async def the_motto(self, request: Request) -> Response:
        if request.method == "GET":
            await self.look(request, writes=False)
            return PlainTextResponse(self.motto)
        self.motto = await self.look(request, kind="text/plain")
        return Response(status_code=204)

    async def look(self, request: Request, *, writes: bool = True, kind: str = "", needed: tuple[str, ...] = ()) -> Any:
        """The body, once all that the style looks at was found right, in its order."""
        content, body = await request.body(), None
        for step in self.style.order:
            if step == "who" and self.style.secured:
                self.who(request)
            elif step == "may" and self.style.secured and writes and self.who(request) != LIBRARIAN:
                raise Refused(403, "may not")
            elif step == "where" and "book" in request.path_params:
                self.where(request.path_params["book"])
            elif step == "body" and kind:
                body = self.body(request, content, kind, needed)
        return body

    def who(self, request: Request) -> str:
        word, _, value = request.headers.get("authorization", "").partition(" ")
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except ValueError:
            user = password = ""
        if word.lower() != "basic" or user not in (LIBRARIAN, READER) or password != PASSWORD:
            raise Refused(401, "who are you?", {"WWW-Authenticate": 'Basic realm="books"'})
        return user

    def where(self, key: str) -> None:
        if not _UUID.fullmatch(key):
            raise Refused(self.style.invalid, "book")
        if key.lower() not in self.books:
            raise Refused(404, "no such book")

    def body(self, request: Request, content: bytes, kind: str, needed: tuple[str, ...]) -> Any:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            raise Refused(415 if content or request.headers.get("content-type") else self.style.invalid, "content type")
        try:
            text = content.decode()
            body = json.loads(text, object_pairs_hook=_once, parse_constant=_never) if kind != "text/plain" else text
        except ValueError:
            raise Refused(self.style.invalid, "not JSON") from None
        if kind == "text/plain":
            if not 0 < len(body) <= 100:
                raise Refused(self.style.invalid, "length")
        elif not (isinstance(body, dict) and all(name in body for name in needed) and all(map(_fits, body.items()))):
            raise Refused(self.style.invalid, "body")
        return body


def _known(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name in ("name", "genre", "pages")}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _never(_: str) -> Any:
    raise ValueError


def _fits(member: tuple[str, Any]) -> bool:
    name, value = member
    if name == "pages":
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return value is None or (whole and not isinstance(value, bool) and 1 <= value <= 99999)
    if name == "genre":
        return value in GENRES if isinstance(value, str) else False
    return name != "name" or (isinstance(value, str) and 0 < len(value) <= LONGEST_NAME)
