"""The suite on servers whose lists are asked as JSON:API, OData and deepObject write it: right ones give no finding."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import served, suite_of

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
SAID = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "count": NUMBER}}
SORTS = {"type": "array", "items": {"type": "string", "enum": ["name", "-name", "count", "-count"]}}
ORDERS = {"type": "array", "items": {"type": "string", "enum": ["name", "name desc", "count", "count desc"]}}
FILTER = {"type": "object", "properties": {"name": TEXT, "count": NUMBER}}
PAGE = {"type": "object", "properties": {"offset": {**NUMBER, "minimum": 0}, "limit": {**NUMBER, "minimum": 1}}}

Row = dict[str, Any]


def parameter(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


class Style:
    """How a list is asked, how a thing is said and shown, and where the list is."""

    key = "id"
    items = "data"

    def __init__(self, parameters: list[dict[str, Any]], names: dict[str, str]) -> None:
        self.parameters, self.names = parameters, names

    def schema(self, *, sent: bool) -> dict[str, Any]:
        return SAID if sent else {**SAID, "properties": {"id": TEXT, **SAID["properties"]}}  # type: ignore[dict-item]

    def said(self, body: Any) -> Row:
        return dict(body)

    def shown(self, key: str, row: Row) -> Row:
        return {"id": key, **row}


class Attributes(Style):
    """JSON:API: what is said of a thing stands in `attributes`."""

    def schema(self, *, sent: bool) -> dict[str, Any]:
        inner = {"type": {"type": "string", "enum": ["things"]}, "attributes": SAID}
        return {
            "type": "object",
            "required": ["type", "attributes"],
            "properties": inner | ({} if sent else {"id": TEXT}),
        }

    def said(self, body: Any) -> Row:
        return dict(body["attributes"])

    def shown(self, key: str, row: Row) -> Row:
        return {"type": "things", "id": key, "attributes": row}


COMMAS = {"style": "form", "explode": False}
STYLES: dict[str, Callable[[], Style]] = {
    "json-api": lambda: Attributes(
        [
            *(parameter(f"filter[{name}]", schema) for name, schema in (("name", TEXT), ("count", NUMBER))),
            parameter("sort", SORTS, **COMMAS),
            parameter("page[limit]", {**NUMBER, "minimum": 1}),
            parameter("page[offset]", {**NUMBER, "minimum": 0}),
        ],
        {
            "limit": "page[limit]",
            "offset": "page[offset]",
            "sort": "sort",
            "name": "filter[name]",
            "count": "filter[count]",
        },
    ),
    "cursor": lambda: Attributes(
        [parameter("page[size]", {**NUMBER, "minimum": 1}), parameter("page[after]", TEXT)],
        {"limit": "page[size]", "after": "page[after]"},
    ),
    "deep": lambda: Style(
        [
            parameter("filter", FILTER, style="deepObject", explode=True),
            parameter("page", PAGE, style="deepObject", explode=True),
            parameter("sort", SORTS, **COMMAS),
        ],
        {
            "limit": "page[limit]",
            "offset": "page[offset]",
            "sort": "sort",
            "name": "filter[name]",
            "count": "filter[count]",
        },
    ),
    "odata": lambda: Style(
        [
            parameter("$top", {**NUMBER, "minimum": 0}),
            parameter("$skip", {**NUMBER, "minimum": 0}),
            parameter("$orderby", ORDERS, **COMMAS),
            parameter("$filter", TEXT),
            parameter("$count", {"type": "boolean"}),
        ],
        {"limit": "$top", "offset": "$skip", "sort": "$orderby", "filter": "$filter"},
    ),
}


def refused(style: Style, request: Request) -> bool:
    known = {p["name"] for p in style.parameters} | set(style.names.values())
    query = request.query_params
    if any(name not in known for name in query) or len(query.multi_items()) != len(query):
        return True
    whole = {style.names.get(name): 1 if name == "limit" else 0 for name in ("limit", "offset")}
    whole |= {name: None for name in query if name.endswith("[count]")}
    for name, least in whole.items():
        text = query.get(name or "", "1")
        if not text.lstrip("-").isdecimal() or (least is not None and int(text) < (0 if name == "$top" else least)):
            return True
    listed = next((p["schema"]["items"]["enum"] for p in style.parameters if "items" in p["schema"]), [])
    sort = query.get(style.names.get("sort", ""), listed[0] if listed else "")
    if listed and not {*sort.split(",")} <= {*listed}:
        return True
    return query.get("$count", "true") not in ("true", "false") or "$filter" in query


def served_as(style: Style, bug: str = "") -> Starlette:
    rows: dict[str, Row] = {f"t{n}": {"name": name, "count": n % 2} for n, name in enumerate(("b, c", "a", "d"))}
    numbers = itertools.count(100)

    def chosen(request: Request) -> list[tuple[str, Row]]:
        query, names = request.query_params, style.names
        found = list(rows.items())
        for name in ("name", "count"):
            wanted = query.get(names.get(name, ""))
            if wanted is not None and bug != "filter":
                found = [each for each in found if str(each[1].get(name)) in wanted.split(",")]
        sort = query.get(names.get("sort", "")) if bug != "order" else None
        for value in reversed(sort.split(",")) if sort else ():
            name, down = value.removeprefix("-").partition(" ")[0], value[0] == "-" or value.endswith(" desc")
            found.sort(key=lambda each: each[1].get(name, 0), reverse=down)
        return found

    def listed(request: Request) -> Response:
        if refused(style, request):
            return JSONResponse({"error": "no"}, 400)
        query, names = request.query_params, style.names
        found = chosen(request)
        offset = int(query.get(names.get("offset", ""), "0"))
        if "after" in names:
            after = query.get(names["after"])
            keys = [key for key, _ in found]
            if after is not None and after not in keys:
                return JSONResponse({"error": "no"}, 400)
            offset = keys.index(after) + 1 if after is not None else 0
        if bug == "page" and offset:
            offset -= 1
        end = offset + int(query.get(names["limit"], "1000")) if bug != "limit" else None
        page = found[offset:end]
        more = end is not None and end < len(found) and bool(page)
        body: Row = {"data": [style.shown(key, row) for key, row in page]}
        if "after" in names:
            body["meta"] = {"next_cursor": page[-1][0] if more else None}
        return JSONResponse(body)

    async def make(request: Request) -> Response:
        try:
            body = json.loads(await request.body())
            said = style.said(body)
            assert set(said) <= {"name", "count"}
            assert isinstance(said["name"], str)
            assert type(said.get("count", 0)) is int
            assert not isinstance(style, Attributes) or body["type"] == "things"
        except (ValueError, KeyError, AssertionError, TypeError, AttributeError):
            return JSONResponse({"error": "no"}, 400)
        key = f"t{next(numbers)}"
        rows[key] = said
        return JSONResponse(style.shown(key, said), 201, {"Location": f"/things/{key}"})

    def one(request: Request) -> Response:
        key = request.path_params["id"]
        if key not in rows:
            return JSONResponse({"error": "none"}, 404)
        if request.method == "DELETE":
            del rows[key]
            return Response(status_code=204)
        return JSONResponse(style.shown(key, rows[key]))

    return Starlette(
        routes=[
            Route("/things", listed, methods=["GET"]),
            Route("/things", make, methods=["POST"]),
            Route("/things/{id}", one, methods=["GET", "DELETE"]),
        ]
    )


def described(style: Style) -> dict[str, Any]:
    def ok(schema: Any) -> dict[str, Any]:
        return {"description": "ok", "content": {"application/json": {"schema": schema}}}

    error = ok({"type": "object", "required": ["error"], "properties": {"error": TEXT}})
    thing, meta = (
        style.schema(sent=False),
        {"type": "object", "properties": {"next_cursor": {**TEXT, "nullable": True}}},
    )
    many: Row = {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": thing}}}
    many["properties"] |= {"meta": meta} if "after" in style.names else {}
    sent = {"required": True, "content": {"application/json": {"schema": style.schema(sent=True)}}}
    place = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    return {
        "openapi": "3.0.3",
        "info": {"title": "asked", "version": "1"},
        "paths": {
            "/things": {
                "get": {
                    "operationId": "list",
                    "parameters": style.parameters,
                    "responses": {"200": ok(many), "400": error},
                },
                "post": {"operationId": "make", "requestBody": sent, "responses": {"201": ok(thing), "400": error}},
            },
            "/things/{id}": {
                "parameters": [place],
                "get": {"operationId": "get", "responses": {"200": ok(thing), "404": error}},
                "delete": {"operationId": "drop", "responses": {"204": {"description": "gone"}, "404": error}},
            },
        },
    }


def bugs(style: Style) -> Iterator[tuple[str, str]]:
    yield "limit", "limit-kept"
    yield "page", "pages-whole"
    if "sort" in style.names:
        yield "order", "order-kept"
    if "name" in style.names:
        yield "filter", "filter-kept"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", STYLES)
def test_lists_are_asked_as_they_say(name: str, tmp_path: Path) -> None:
    style = STYLES[name]()
    (tmp_path / "openapi.json").write_text(json.dumps(described(style)), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        for level in ("read", "write"):
            with served(served_as(style)) as url:
                ran = suite.run(url, "--level", level, scratch=tmp_path)
            assert ran.findings == [], ran.printed
            assert ran.results["verdict"] == "holds", ran.printed

        for bug, check in bugs(style):
            with served(served_as(style, bug)) as url:
                ran = suite.run(url, "--level", "write", "-k", "lists", scratch=tmp_path)
            assert check in ran.checks, (bug, ran.printed)

        with Simulator(suite.described, SimulatorOptions()).running() as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed

        faults = ("filter-ignored", "order-ignored", "page-loses") if name == "deep" else ()
        for fault in faults:
            with Simulator(suite.described, SimulatorOptions(faults=(fault,))).running() as url:
                ran = suite.run(url, "--level", "write", "-k", "lists", scratch=tmp_path)
            assert ran.findings != [], (fault, ran.printed)
