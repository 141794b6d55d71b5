"""The suite on servers that put envelopes around what they keep: right ones give no finding, and a bug is found."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import served, suite_of

NAME = {"type": "string", "minLength": 3, "maxLength": 40}
COUNT = {"type": "integer", "minimum": 1, "maximum": 9}


@dataclass(frozen=True)
class Envelope:
    """Names of the objects around what is said (`sent`), and shown (`shown`), and where an identifier stands beside.

    `many` are those around the items of a list; `kind` is a constant beside the identifier; with `named` a change says
    the identifier again.
    """

    sent: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    kind: str = ""
    named: bool = False
    media: str = "application/json"


ENVELOPES = {
    "JSON:API": Envelope(
        ("data", "attributes"),
        ("data", "attributes"),
        ("data",),
        ("data",),
        "articles",
        named=True,
        media="application/vnd.api+json",
    ),
    "data around answers": Envelope((), ("data",), ("data",), ("data", "items")),
    "the thing's name around both": Envelope(("article",), ("article",), ("article",), ("articles",)),
    "a specification beside the identifier": Envelope(("spec",), ("spec",)),
    "HAL": Envelope(many=("_embedded", "articles")),
    "called as a property of the thing": Envelope(("title",), ("data",), ("data",), ("data",)),
    "called as a property of the thing, around both": Envelope(("title",), ("title",), ("title",), ("items",)),
    "called as a property of the thing, in another": Envelope(("data", "pages"), ("data",), ("data",), ("data",)),
    "result in a response": Envelope((), ("response", "result"), ("response", "result"), ("response", "results")),
}
BUGS = {
    "create-drops": "created-shown",
    "create-twice": "created-listed",
    "change-ignored": "change-kept",
    "change-empties": "change-kept",
    "undead": "deleted-gone",
}


def around(names: tuple[str, ...], inner: Any) -> Any:
    for name in reversed(names):
        inner = {name: inner}
    return inner


def schema(names: tuple[str, ...], inner: Any) -> Any:
    for name in reversed(names):
        inner = {"type": "object", "required": [name], "properties": {name: inner}}
    return inner


def shown(envelope: Envelope, key: str, said: dict[str, Any]) -> dict[str, Any]:
    """A thing, as it stands in a list."""
    below = envelope.shown[len(envelope.holder) :]
    beside = {"type": envelope.kind} if envelope.kind else {}
    return {"id": key, **beside, **around(below, said)} if below else {"id": key, **said}


def description(envelope: Envelope) -> dict[str, Any]:
    values = {"title": NAME, "pages": COUNT}
    said = {"type": "object", "required": [*values], "properties": values}
    kind = {"type": {"type": "string", "enum": [envelope.kind]}} if envelope.kind else {}
    below = envelope.shown[len(envelope.holder) :]
    inner = schema(below, said) if below else said
    thing = {
        "type": "object",
        "required": ["id", *kind, *inner["required"]],
        "properties": {"id": {"type": "string"}, **kind, **inner["properties"]},
    }
    new, change = schema(envelope.sent, said), schema(envelope.sent, {"type": "object", "properties": values})
    if envelope.kind:
        new["properties"]["data"] |= {"required": ["type", "attributes"]}
        new["properties"]["data"]["properties"] |= kind
        change["properties"]["data"] |= {"required": ["type", "id", "attributes"]}
        change["properties"]["data"]["properties"] |= {"id": {"type": "string"}, **kind}

    def content(node: Any, text: str = "ok") -> dict[str, Any]:
        return {"description": text, "content": {envelope.media: {"schema": node}}}

    def body(node: Any) -> dict[str, Any]:
        return {"required": True, "content": {envelope.media: {"schema": node}}}

    whole = schema(envelope.holder, thing)
    items = schema(envelope.many, {"type": "array", "items": thing}) if envelope.many else {"type": "array"}
    items = items if envelope.many else {**items, "items": thing}
    bad, none = {"400": {"description": "bad"}, "415": {"description": "type"}}, {"404": {"description": "none"}}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Press", "version": "1"},
        "paths": {
            "/articles": {
                "get": {"operationId": "list", "responses": {"200": content(items)}},
                "post": {
                    "operationId": "create",
                    "requestBody": body(new),
                    "responses": {"201": content(whole), **bad},
                },
            },
            "/articles/{id}": {
                "parameters": [key],
                "get": {"operationId": "read", "responses": {"200": content(whole), **none}},
                "patch": {
                    "operationId": "change",
                    "requestBody": body(change),
                    "responses": {"200": content(whole), **bad, **none},
                },
                "delete": {"operationId": "drop", "responses": {"204": {"description": "gone"}, **none}},
            },
        },
    }


class Server:
    """Keeps articles; with `bug`, not quite."""

    def __init__(self, envelope: Envelope, bug: str = "") -> None:
        self.envelope, self.bug = envelope, bug
        self.kept: dict[str, dict[str, Any]] = {}
        self.keys = map(str, itertools.count(1))
        paths = description(envelope)["paths"]
        self.valid = {
            method: jsonschema_rs.validator_for(
                paths[path][method.lower()]["requestBody"]["content"][envelope.media]["schema"]
            )
            for path, method in (("/articles", "POST"), ("/articles/{id}", "PATCH"))
        }
        self.app = Starlette(
            routes=[
                Route("/articles", self.all, methods=["GET", "POST"]),
                Route("/articles/{id}", self.one, methods=["GET", "PATCH", "DELETE"]),
            ]
        )

    def told(self, value: Any, status: int = 200) -> Response:
        return JSONResponse(value, status, media_type=self.envelope.media)

    async def said(self, request: Request) -> Any:
        """What the body says, or the answer that refuses it."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != self.envelope.media:
            return Response(status_code=415)
        try:
            body = json.loads((await request.body()).decode())
        except ValueError:
            return Response(status_code=400)
        if not self.valid[request.method].is_valid(body):
            return Response(status_code=400)
        if self.envelope.named and request.method == "PATCH" and body["data"]["id"] != request.path_params["id"]:
            return Response(status_code=400)
        for name in self.envelope.sent:
            body = body[name]
        return {name: body[name] for name in ("title", "pages") if name in body}

    def thing(self, key: str) -> Any:
        return around(self.envelope.holder, shown(self.envelope, key, self.kept[key]))

    async def all(self, request: Request) -> Response:
        if request.method == "GET":
            return self.told(
                around(self.envelope.many, [shown(self.envelope, key, said) for key, said in self.kept.items()])
            )
        said = await self.said(request)
        if isinstance(said, Response):
            return said
        for _ in range(2 if self.bug == "create-twice" else 1):
            key = next(self.keys)
            self.kept[key] = {**said, "title": "lost"} if self.bug == "create-drops" else dict(said)
        return self.told(self.thing(key), 201)

    async def one(self, request: Request) -> Response:
        key = request.path_params["id"]
        if key not in self.kept:
            return Response(status_code=404)
        if request.method == "PATCH":
            said = await self.said(request)
            if isinstance(said, Response):
                return said
            if self.bug == "change-empties":
                said = {"title": "empty", "pages": 9, **said}
            if self.bug != "change-ignored":
                self.kept[key] |= said
        if request.method == "DELETE":
            if self.bug != "undead":
                del self.kept[key]
            return Response(status_code=204)
        return self.told(self.thing(key))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", ENVELOPES)
def test_what_is_kept_in_envelopes_is_held_to_its_life(name: str, tmp_path: Path) -> None:
    envelope = ENVELOPES[name]
    (tmp_path / "openapi.json").write_text(json.dumps(description(envelope)), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        right = Server(envelope)
        with served(right.app) as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed
        assert right.kept == {}
        lives = {row["test"].rpartition("::")[2] for row in ran.results["skipped"] if "lifecycles" in row["test"]}
        assert lives == {"test_its_location_leads_to_it"}

        for bug, check in BUGS.items():
            with served(Server(envelope, bug).app) as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
            assert ran.checks == {check}, (bug, ran.printed)


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_simulator_of_an_envelope_keeps_what_is_in_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(description(ENVELOPES[name])), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        for fault, checks in (("", set[str]()), ("create-drops-a-property", {"created-shown"})):
            planted = SimulatorOptions(faults=(fault,) if fault else ())
            with Simulator(suite.described, planted).running() as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
            assert ran.checks == checks, ran.printed
            assert fault or {row["test"] for row in ran.results["skipped"]} == set()
