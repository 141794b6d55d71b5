"""Things that need an idempotency key to be made, and the tag that was read to be changed: held all the same."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.suites import served, suite_of

TEXT = {"type": "string"}
KINDS = ["person", "company", "robot"]
NEW = {"name": {**TEXT, "minLength": 1}, "email": {**TEXT, "format": "email"}, "kind": {**TEXT, "enum": KINDS}}
BUGS = {
    "patch-forgotten": "change-kept",
    "patch-empties": "change-kept",
    "kind-forgotten": "change-kept",
    "delete-forgotten": "deleted-gone",
    "match-ignored": "match-needed",
    "filter-ignored": "filter-kept",
}
"""What is wrong with the server, and the check that finds it."""


def description() -> dict[str, Any]:
    contact = {"type": "object", "required": ["id", *NEW], "properties": {"id": {**TEXT, "format": "uuid"}, **NEW}}
    new = {"type": "object", "required": ["name", "email"], "properties": NEW}
    tag = {"ETag": {"required": True, "schema": TEXT}}

    def ok(schema: Any, **headers: Any) -> dict[str, Any]:
        return {"description": "ok", "headers": headers, "content": {"application/json": {"schema": schema}}}

    def needs(name: str) -> list[Any]:
        return [{"name": name, "in": "header", "required": True, "schema": TEXT}]

    def body(kind: str, schema: Any) -> dict[str, Any]:
        return {"required": True, "content": {kind: {"schema": schema}}}

    no = {status: {"description": "No."} for status in ("400", "404", "409", "410", "412", "415", "428")}
    place = {"name": "id", "in": "path", "required": True, "schema": {**TEXT, "format": "uuid"}}
    kind = {"name": "kind", "in": "query", "schema": {**TEXT, "enum": KINDS}}
    change = {"type": "object", "properties": NEW}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Contacts", "version": "1"},
        "paths": {
            "/contacts": {
                "get": {
                    "operationId": "every",
                    "parameters": [kind],
                    "responses": {"200": ok({"type": "array", "items": contact}), "400": no["400"]},
                },
                "post": {
                    "operationId": "make",
                    "parameters": needs("Idempotency-Key"),
                    "requestBody": body("application/json", new),
                    "responses": {"201": ok(contact, **tag), **no},
                },
            },
            "/contacts/{id}": {
                "parameters": [place],
                "get": {"operationId": "one", "responses": {"200": ok(contact, **tag), **no}},
                "patch": {
                    "operationId": "alter",
                    "parameters": needs("If-Match"),
                    "requestBody": body("application/merge-patch+json", change),
                    "responses": {"200": ok(contact, **tag), **no},
                },
                "delete": {
                    "operationId": "drop",
                    "parameters": needs("If-Match"),
                    "responses": {"204": {"description": "Gone."}, **no},
                },
            },
        },
    }


class Server:
    """Keeps contacts, each with an address of its own; with `bug`, not quite."""

    def __init__(self, bug: str = "") -> None:
        self.bug = bug
        self.contacts: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.made: dict[str, tuple[bytes, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/contacts", self.every, methods=["GET"]),
                Route("/contacts", self.make, methods=["POST"]),
                Route("/contacts/{id}", self.one, methods=["GET", "PATCH", "DELETE"]),
            ]
        )

    def shown(self, contact: dict[str, Any], status: int = 200) -> Response:
        return JSONResponse(contact, status, {"ETag": self.tag(contact)})

    @staticmethod
    def tag(contact: dict[str, Any]) -> str:
        return f'"{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(contact, sort_keys=True)).hex}"'

    async def body(self, request: Request, kind: str, *, whole: bool) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            raise HTTPException(415)
        try:
            body = json.loads(await request.body())
        except ValueError:
            raise HTTPException(400) from None
        if not isinstance(body, dict) or (whole and not {"name", "email"} <= {*body}):
            raise HTTPException(400)
        body = {name: value for name, value in body.items() if name in NEW}
        texts = all(isinstance(value, str) for value in body.values())
        if not texts or not body.get("name", "x") or body.get("kind", KINDS[0]) not in KINDS:
            raise HTTPException(400)
        if "email" in body and body["email"].rpartition("@")[0] == "":
            raise HTTPException(400)
        return body

    def free(self, email: str | None, own: str = "") -> None:
        if any(other["email"] == email for other in self.contacts.values() if other["id"] != own):
            raise HTTPException(409)

    async def every(self, request: Request) -> Response:
        kind = request.query_params.get("kind")
        if kind is not None and kind not in KINDS:
            raise HTTPException(400)
        found = [each for each in self.contacts.values() if kind in (None, each["kind"])]
        return JSONResponse([*self.contacts.values()] if self.bug == "filter-ignored" else found)

    async def make(self, request: Request) -> Response:
        key, sent = request.headers.get("idempotency-key"), await request.body()
        if not key:
            raise HTTPException(400)
        if key in self.made:
            before, made = self.made[key]
            if before != sent:
                raise HTTPException(409)
            return self.shown(self.contacts[made], 201)
        body = await self.body(request, "application/json", whole=True)
        self.free(body["email"])
        contact = {"id": str(uuid.uuid4()), "kind": KINDS[0], **body}
        self.contacts[contact["id"]] = contact
        self.made[key] = sent, contact["id"]
        return self.shown(contact, 201)

    async def one(self, request: Request) -> Response:
        key = request.path_params["id"]
        if key in self.gone:
            raise HTTPException(410)
        if key not in self.contacts:
            raise HTTPException(404)
        contact = self.contacts[key]
        if request.method == "GET":
            return self.shown(contact)
        match = request.headers.get("if-match")
        if match is None:
            raise HTTPException(428)
        if match not in ("*", self.tag(contact)) and self.bug != "match-ignored":
            raise HTTPException(412)
        if request.method == "DELETE":
            if self.bug != "delete-forgotten":
                del self.contacts[key]
                self.gone.add(key)
            return Response(status_code=204)
        body = await self.body(request, "application/merge-patch+json", whole=False)
        self.free(body.get("email"), key)
        if self.bug == "kind-forgotten":
            body.pop("kind", None)
        if self.bug == "patch-empties":
            contact = {**contact, "email": "nobody@example.com"}
        if self.bug != "patch-forgotten":
            self.contacts[key] = {**contact, **body}
        return self.shown({**contact, **body})


@pytest.mark.parametrize("bug", ["", *BUGS])
def test_what_needs_a_header_is_held_to_its_description(
    bug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "openapi.json").write_text(json.dumps(description()), encoding="utf-8")
    server = Server(bug)
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(server.app) as url:
        tests = () if not bug else ("-k", "lifecycles or lists")
        ran = suite.run(url, "--level", "write", *tests, scratch=tmp_path)

    if bug:
        assert BUGS[bug] in ran.checks, ran.printed
        return
    assert ran.findings == [], ran.printed
    assert ran.results["verdict"] == "holds", ran.printed
    assert ran.results["counts"]["passed"] > 40
    # What it made it removed, with the tag that each had.
    assert server.contacts == {}
    shown = ran.results["operations"]
    assert all(any(status.startswith("2") for status in row["statuses"]) for row in shown.values()), shown
