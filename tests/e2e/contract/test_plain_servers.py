"""The suite against correct servers that follow no convention of vCenter, each in another style: nothing is found."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.served import serving

MERGE = "application/merge-patch+json"
ERROR = {"description": "No.", "content": {"application/json": {"schema": {"type": "object"}}}}
TEXT = {"type": "string", "minLength": 1}
THING = {
    "type": "object",
    "required": ["id", "name", "pin", "parts"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": TEXT,
        "pin": {**TEXT, "writeOnly": True},
        "size": {"type": "integer"},
        "parts": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Part"}},
    },
}
PART = {
    "allOf": [
        {"type": "object", "properties": {"serial": {"type": "string", "readOnly": True}, "code": TEXT}},
        {"required": ["serial", "code"]},
    ]
}
DOCUMENTED = {
    "422": ["422"],
    "400": ["400"],
    "a range": ["4XX"],
    "default": ["default"],
    "nothing": [],
    "a conflict": ["409"],
    "both": ["400", "422"],
}
STATUS = {"400": 400, "both": 400}


def description(documented: list[str], key: dict[str, Any]) -> dict[str, Any]:
    errors = dict.fromkeys(documented, ERROR)
    unknown = {**errors, "404": ERROR}
    one = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    many = {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}
    change = {"type": "object", "properties": {"name": TEXT, "size": {"type": "integer"}}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "/"}],
        "paths": {
            "/things": {
                "get": {
                    "operationId": "list_things",
                    "parameters": [limit],
                    "responses": {"200": {"description": "Them.", "content": many}, **errors},
                },
                "post": {
                    "operationId": "make_thing",
                    "requestBody": {"required": True, "content": one},
                    "responses": {"201": {"description": "It.", "content": one}, **errors},
                },
            },
            "/things/{key}": {
                "parameters": [{"name": "key", "in": "path", "required": True, "schema": key}],
                "get": {
                    "operationId": "get_thing",
                    "responses": {"200": {"description": "It.", "content": one}, **unknown},
                },
                "patch": {
                    "operationId": "alter_thing",
                    "requestBody": {"required": True, "content": {MERGE: {"schema": change}}},
                    "responses": {"204": {"description": "Done."}, **unknown},
                },
            },
        },
        "components": {"schemas": {"Thing": THING, "Part": PART}},
    }


class Things:
    """A correct server, but for what `lax` takes without looking at it."""

    def __init__(
        self, status: int, key: str, first: str, lax: bool = False, needed: tuple[str, ...] = ("name", "pin", "parts")
    ) -> None:
        self.status, self.key, self.first, self.lax, self.needed = status, key, first, lax, needed
        self.sent: list[Any] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.app = Starlette(
            routes=[
                Route("/things", self.list, methods=["GET"]),
                Route("/things", self.make, methods=["POST"]),
                Route("/things/{key}", self.get, methods=["GET"]),
                Route("/things/{key}", self.alter, methods=["PATCH"]),
            ],
            exception_handlers={404: self.elsewhere, 405: self.elsewhere},
        )

    async def elsewhere(self, _: Request, error: Any) -> Response:
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)

    def refuse(self, why: str, status: int | None = None) -> Response:
        return JSONResponse({"detail": why}, status or self.status)

    async def list(self, request: Request) -> Response:
        limits = request.query_params.getlist("limit")
        if not self.lax and limits and not (len(limits) == 1 and re.fullmatch("[1-9][0-9]*", limits[0])):
            return self.refuse("limit")
        most = int(limits[0]) if limits and limits[0].isdecimal() else len(self.kept)
        return JSONResponse([*self.kept.values()][:most])

    async def make(self, request: Request) -> Response:
        body, refused = await self.body(request, "application/json", self.needed)
        if refused is not None:
            return refused
        self.sent.append(body)
        answer = {key: value for key, value in body.items() if key != "pin"} if isinstance(body, dict) else {}
        if "parts" in self.needed:
            answer["parts"] = [{**part, "serial": "s"} for part in answer.get("parts", ()) if isinstance(part, dict)]
        number = len(self.kept) + 1
        identifier = next(name for name in (str(number), str(uuid.UUID(int=number))) if re.fullmatch(self.key, name))
        self.kept[identifier] = {**answer, "id": identifier}
        return JSONResponse(self.kept[identifier], 201)

    async def get(self, request: Request) -> Response:
        thing = self.kept.get(request.path_params["key"])
        return self.unknown(request) or (self.refuse("no such thing", 404) if thing is None else JSONResponse(thing))

    async def alter(self, request: Request) -> Response:
        body, refused = await self.body(request, MERGE, ())
        thing = self.kept.get(request.path_params["key"])
        missing = self.unknown(request) or (self.refuse("no such thing", 404) if thing is None else None)
        if self.lax and refused is None:
            return Response(status_code=204)
        first, second = (missing, refused) if self.first == "identifier" else (refused, missing)
        if (no := self.unknown(request) or first or second) is not None:
            return no
        assert thing is not None
        thing.update(body)
        return Response(status_code=204)

    def unknown(self, request: Request) -> Response | None:
        """A refusal of an identifier that cannot be one."""
        fits = re.fullmatch(self.key, request.path_params["key"])
        return None if fits else self.refuse("key")

    async def body(self, request: Request, kind: str, needed: tuple[str, ...]) -> tuple[Any, Response | None]:
        content = await request.body()
        if not self.lax and request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            return None, self.refuse("content type", 415)
        try:
            body = json.loads(content, object_pairs_hook=_once, parse_constant=_never)
        except ValueError:
            return None, self.refuse("no JSON")
        if self.lax:
            return body, None
        right = isinstance(body, dict) and all(name in body for name in needed) and all(map(_fits, body.items()))
        return body, None if right else self.refuse("body")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _never(_: str) -> Any:
    raise ValueError


def _fits(member: tuple[str, Any]) -> bool:
    name, value = member
    if name == "size":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "parts":
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(p, dict) and _is_text(p.get("code")) for p in value)
        )
    return name not in ("name", "pin") or _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


KEYS = {
    "uuid": ({"type": "string", "format": "uuid"}, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "number": ({"type": "integer", "minimum": 1, "maximum": 9999}, "[1-9][0-9]{0,3}"),
    "text": ({"type": "string", "maxLength": 8}, ".{1,8}"),
}


Runs = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def made(target: Things | str, document: dict[str, Any], *options: str, examples: int = 2) -> list[str]:
        (tmp_path / "things.json").write_text(json.dumps(document))
        assert main(["generate", str(tmp_path / "things.json"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
        package = str(tmp_path / "out" / "things-contract")
        options = options or ("--level", "write", "--allow", "things.make_thing")
        with nullcontext(target) if isinstance(target, str) else serving(target.app) as url:
            words = ["contract", "run", "--url", url, "--package", package, "--fuzz-examples", str(examples)]
            main([*words, *options, "--report", str(tmp_path / "report")])
        results = json.loads((tmp_path / "report" / "results.json").read_text())
        return [f"{found['check']}: {found['operation']}: {found['message']}" for found in results["findings"]]

    return made


@pytest.mark.parametrize("documented", DOCUMENTED)
def test_a_refusal_is_what_the_description_says(documented: str, run: Runs) -> None:
    key, pattern = KEYS["uuid"]
    things = Things(STATUS.get(documented, 422), pattern, "body")
    assert run(things, description(DOCUMENTED[documented], key)) == []
    assert things.sent
    assert [body for body in things.sent if "id" in body or any("serial" in part for part in body["parts"])] == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("first", ["body", "identifier"])
def test_a_server_may_look_at_the_identifier_before_the_body(first: str, key: str, run: Runs) -> None:
    schema, pattern = KEYS[key]
    assert run(Things(422, pattern, first), description(["422"], schema)) == []


@pytest.mark.parametrize("documented", DOCUMENTED)
def test_what_is_taken_without_a_look_is_found(documented: str, run: Runs) -> None:
    key, pattern = KEYS["uuid"]
    things = Things(STATUS.get(documented, 422), pattern, "body", lax=True)
    found = run(things, description(DOCUMENTED[documented], key))
    about = {(check, operation) for check, operation, *_ in (line.split(": ") for line in found)}
    assert about >= {("expected-status", f"things.{name}") for name in ("list_things", "make_thing", "alter_thing")}


@pytest.mark.parametrize("documented", ["422", "both", "default", "nothing"])
def test_the_simulator_answers_so_too(documented: str, tmp_path: Path, run: Runs) -> None:
    key, _ = KEYS["number"]
    document = description(DOCUMENTED[documented], key)
    (tmp_path / "things.json").write_text(json.dumps(document))
    with Simulator(read_api(tmp_path / "things.json"), SimulatorOptions()).running() as url:
        assert run(url, document, "--allow-all", "--level", "destructive") == []


def test_no_generated_request_says_what_only_answers_have(tmp_path: Path, run: Runs) -> None:
    """schemathesis does, in search of what is refused; a server may as well ignore it."""
    document = description(["400"], KEYS["number"][0])
    thing = document["components"]["schemas"]["Thing"]
    thing["required"].remove("parts")
    del thing["properties"]["parts"]
    things = Things(400, KEYS["number"][1], "body", needed=("name", "pin"))
    assert run(things, document, examples=20) == []
    assert len(things.sent) > 5
    assert [body for body in things.sent if "id" in body] == []
