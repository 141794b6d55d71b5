"""Issues and labels of a repository, as GitHub has them: pages led by `Link`, entity tags, 422 with its errors."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.outside.servers.house import (
    TEXT,
    House,
    Refused,
    asked,
    body_of,
    carried,
    described,
    header,
    one_of,
    place,
    query,
    ref,
    shown,
    whole,
)

_STATES = ("open", "closed")
_COLOR = re.compile(r"[0-9a-fA-F]{6}\Z")
ERROR = {
    "type": "object",
    "required": ["message", "documentation_url"],
    "properties": {
        "message": TEXT,
        "documentation_url": {**TEXT, "format": "uri"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code"],
                "properties": {"resource": TEXT, "field": TEXT, "code": TEXT},
            },
        },
    },
}
NAME = {**TEXT, "minLength": 1, "maxLength": 50, "pattern": "^[A-Za-z0-9 _-]+$"}
COLOR = {**TEXT, "pattern": "^[0-9a-fA-F]{6}$"}
LABEL = {
    "type": "object",
    "required": ["id", "name", "color", "default"],
    "properties": {
        "id": {"type": "integer"},
        "name": TEXT,
        "color": {**TEXT, "description": "6-character hex code"},
        "default": {"type": "boolean"},
        "description": {**TEXT, "nullable": True},
    },
}
ISSUE = {
    "type": "object",
    "required": ["id", "number", "title", "state", "locked", "labels", "created_at", "updated_at", "url", "closed_at"],
    "properties": {
        "id": {"type": "integer"},
        "number": {"type": "integer"},
        "url": {**TEXT, "format": "uri"},
        "title": TEXT,
        "body": {**TEXT, "nullable": True},
        "state": {**TEXT, "enum": [*_STATES]},
        "locked": {"type": "boolean"},
        "labels": {"type": "array", "items": TEXT},
        "created_at": {**TEXT, "format": "date-time"},
        "updated_at": {**TEXT, "format": "date-time"},
        "closed_at": {**TEXT, "format": "date-time", "nullable": True},
    },
}
TITLE = {**TEXT, "minLength": 1, "maxLength": 256}
NEW_ISSUE = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": TITLE, "body": {**TEXT, "nullable": True}, "labels": {"type": "array", "items": TEXT}},
}
CHANGE = {
    "type": "object",
    "properties": {
        "title": TITLE,
        "body": {**TEXT, "nullable": True},
        "state": {**TEXT, "enum": [*_STATES]},
        "labels": {"type": "array", "items": TEXT},
    },
}
NEW_LABEL = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": NAME, "color": COLOR, "description": {**TEXT, "nullable": True, "maxLength": 100}},
}
LABEL_CHANGE = {
    "type": "object",
    "properties": {"new_name": NAME, "color": COLOR, "description": {**TEXT, "nullable": True, "maxLength": 100}},
}


def description() -> dict[str, Any]:
    error = {"description": "No.", **carried(ref("basic-error"))}
    common = {"401": error, "404": error}
    invalid = {"400": error, "415": error, "422": error}
    pages = [
        query("per_page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 30}),
        query("page", {"type": "integer", "minimum": 1, "maximum": 1000000, "default": 1}),
    ]
    issue = {"description": "It.", **carried(ref("issue")), "headers": shown("ETag")}
    label = {"description": "It.", **carried(ref("label"))}
    tagged = header("If-None-Match")
    listed = [
        query("state", {**TEXT, "enum": [*_STATES, "all"], "default": "open"}),
        query("sort", {**TEXT, "enum": ["created", "updated"], "default": "created"}),
        query("direction", {**TEXT, "enum": ["asc", "desc"], "default": "desc"}),
        *pages,
    ]
    made = {"description": "Made.", **carried(ref("issue")), "headers": shown("Location", "ETag")}
    new_label = {"description": "Made.", **carried(ref("label")), "headers": shown("Location")}
    number = place("issue_number", {"type": "integer"})
    return described(
        "Hub",
        {
            "/issues": {
                "get": {
                    "operationId": "issues/list-for-repo",
                    "parameters": listed,
                    "responses": {
                        "200": {
                            "description": "Them.",
                            **carried({"type": "array", "items": ref("issue")}),
                            "headers": shown("Link"),
                        },
                        **common,
                        "422": error,
                    },
                },
                "post": {
                    "operationId": "issues/create",
                    "requestBody": asked(NEW_ISSUE),
                    "responses": {"201": made, **common, **invalid},
                },
            },
            "/issues/{issue_number}": {
                "parameters": [number],
                "get": {
                    "operationId": "issues/get",
                    "parameters": [tagged],
                    "responses": {"200": issue, "304": {"description": "Not modified."}, **common},
                },
                "patch": {
                    "operationId": "issues/update",
                    "requestBody": asked(CHANGE),
                    "responses": {"200": issue, **common, **invalid},
                },
            },
            "/issues/{issue_number}/lock": {
                "parameters": [number],
                "put": {
                    "operationId": "issues/lock",
                    "requestBody": asked(
                        {
                            "type": "object",
                            "properties": {"lock_reason": {**TEXT, "enum": ["off-topic", "too heated", "spam"]}},
                        },
                        required=False,
                    ),
                    "responses": {"204": {"description": "Locked."}, **common, **invalid},
                },
                "delete": {"operationId": "issues/unlock", "responses": {"204": {"description": "Open."}, **common}},
            },
            "/labels": {
                "get": {
                    "operationId": "labels/list",
                    "parameters": pages,
                    "responses": {
                        "200": {
                            "description": "Them.",
                            **carried({"type": "array", "items": ref("label")}),
                            "headers": shown("Link"),
                        },
                        **common,
                        "422": error,
                    },
                },
                "post": {
                    "operationId": "labels/create",
                    "requestBody": asked(NEW_LABEL),
                    "responses": {"201": new_label, **common, **invalid},
                },
            },
            "/labels/{name}": {
                "parameters": [place("name")],
                "get": {"operationId": "labels/get", "responses": {"200": label, **common}},
                "patch": {
                    "operationId": "labels/update",
                    "requestBody": asked(LABEL_CHANGE),
                    "responses": {"200": label, **common, **invalid},
                },
                "delete": {"operationId": "labels/delete", "responses": {"204": {"description": "Gone."}, **common}},
            },
        },
        {"basic-error": ERROR, "issue": ISSUE, "label": LABEL},
    )


class Hub(House):
    """One repository, octo/hello."""

    def __init__(self, *bugs: str) -> None:
        super().__init__(*bugs)
        self.numbers, self.ids, self.clock = itertools.count(1), itertools.count(9001), itertools.count()
        self.issues: dict[int, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        for title in ("first", "second", "third"):
            self.make(title, None, [])
        for name in ("bug", "question"):
            self.labels[name] = self.label(name, "ededed", None, default=True)

    def error(self, status: int, why: str) -> Any:
        body: dict[str, Any] = {"message": why, "documentation_url": "https://docs.example.com/rest"}
        if status == 422:
            body = {**body, "message": "Validation Failed", "errors": [{"field": why, "code": "invalid"}]}
        return body

    def routes(self) -> list[Route]:
        one = "/issues/{number}"
        return [
            self.route("/issues", get=self.list_issues, post=self.new_issue),
            self.route(one, get=self.get_issue, patch=self.change_issue),
            self.route(f"{one}/lock", put=self.lock, delete=self.unlock),
            self.route("/labels", get=self.list_labels, post=self.new_label),
            self.route(
                "/labels/{name}",
                get=self.get_label,
                patch=self.change_label,
                delete=self.drop_label,
            ),
        ]

    def now(self) -> str:
        seconds = next(self.clock)
        return f"2026-01-{1 + seconds // 3600:02d}T00:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"

    def make(self, title: str, body: str | None, labels: list[str]) -> dict[str, Any]:
        number, now = next(self.numbers), self.now()
        self.issues[number] = {
            "id": next(self.ids),
            "number": number,
            "url": f"https://hub.example.com/issues/{number}",
            "title": title,
            "body": body,
            "state": "open",
            "locked": False,
            "labels": labels,
            "created_at": now,
            "updated_at": now,
            "closed_at": None,
        }
        return self.issues[number]

    def label(self, name: str, color: str, text: str | None, *, default: bool) -> dict[str, Any]:
        return {"id": next(self.ids), "name": name, "color": color, "default": default, "description": text}

    def page(self, request: Request, items: list[Any]) -> Response:
        size, number = whole(request, "per_page", 30, 1, 100, 422), whole(request, "page", 1, 1, 1000000, 422)
        first = (number - 1) * size
        last = max(1, -(-len(items) // size))
        if "page repeats" in self.bugs and number > 1:
            first -= 1
        leads = {}
        if number < last:
            leads |= {"next": number + 1, "last": last}
        if "link ends early" in self.bugs and number == last - 1:
            leads = {}
        if number > 1:
            leads |= {"prev": min(number - 1, last), "first": 1}
        url = request.url
        written = ", ".join(f'<{url.include_query_params(page=n)}>; rel="{rel}"' for rel, n in leads.items())
        return JSONResponse(items[first : first + size], headers={"Link": written} if written else None)

    async def list_issues(self, request: Request) -> Response:
        state = one_of(request, "state", "open", (*_STATES, "all"), 422)
        sort = one_of(request, "sort", "created", ("created", "updated"), 422)
        direction = one_of(request, "direction", "desc", ("asc", "desc"), 422)
        found = [i for i in self.issues.values() if state == "all" or i["state"] == state or "no filter" in self.bugs]
        down = direction == "desc" or "always down" in self.bugs
        found.sort(key=lambda i: (i[f"{sort}_at"], i["number"]), reverse=down)
        return self.page(request, found)

    async def new_issue(self, request: Request) -> Response:
        said = self.checked(await body_of(request), needed=("title",))
        issue = self.make(said["title"], said.get("body"), said.get("labels", []))
        if "another title" in self.bugs:
            issue["title"] = issue["title"].strip()[:10]
        return JSONResponse(
            issue, 201, {"Location": issue["url"].replace("https://hub.example.com", ""), **self.tag(issue)}
        )

    def checked(self, said: Any, needed: tuple[str, ...] = ()) -> dict[str, Any]:
        if not isinstance(said, dict):
            raise Refused(422, "body")
        for name in needed:
            if name not in said:
                raise Refused(422, name)
        if "title" in said and (not isinstance(said["title"], str) or not 0 < len(said["title"]) <= 256):
            raise Refused(422, "title")
        if said.get("body") is not None and not isinstance(said["body"], str):
            raise Refused(422, "body")
        if "state" in said and said["state"] not in (*_STATES,):
            raise Refused(422, "state")
        if "labels" in said and not (
            isinstance(said["labels"], list) and all(isinstance(label, str) for label in said["labels"])
        ):
            raise Refused(422, "labels")
        return said

    def issue(self, request: Request) -> dict[str, Any]:
        text = request.path_params["number"]
        found = self.issues.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 12 else None
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def tag(self, issue: dict[str, Any]) -> dict[str, str]:
        text = json.dumps({**issue, "state": ""} if "tag without state" in self.bugs else issue)
        if "tag without title" in self.bugs:
            text = str(issue["number"])
        return {"ETag": f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'}

    async def get_issue(self, request: Request) -> Response:
        issue = self.issue(request)
        known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
        tag = self.tag(issue)
        if tag["ETag"] in known or "*" in known or tag["ETag"].removeprefix("W/") in known:
            return Response(status_code=304, headers=tag)
        return JSONResponse(issue, headers=tag)

    async def change_issue(self, request: Request) -> Response:
        issue = self.issue(request)
        said = self.checked(await body_of(request))
        if "forgets body" in self.bugs:
            issue["body"] = None
        for name in ("title", "body", "state", "labels"):
            if name in said:
                issue[name] = said[name]
        if "state" in said:
            issue["closed_at"] = self.now() if said["state"] == "closed" else None
        issue["updated_at"] = self.now()
        return JSONResponse(issue, headers=self.tag(issue))

    async def lock(self, request: Request) -> Response:
        issue = self.issue(request)
        if await request.body() or request.headers.get("content-type"):
            said = await body_of(request)
            if not isinstance(said, dict) or (
                "lock_reason" in said and said["lock_reason"] not in ("off-topic", "too heated", "spam")
            ):
                raise Refused(422, "lock_reason")
        issue["locked"] = True
        return Response(status_code=204)

    async def unlock(self, request: Request) -> Response:
        self.issue(request)["locked"] = False
        return Response(status_code=204)

    async def list_labels(self, request: Request) -> Response:
        return self.page(request, [*self.labels.values()])

    def checked_label(self, said: Any) -> dict[str, Any]:
        if not isinstance(said, dict):
            raise Refused(422, "body")
        for name in ("name", "new_name"):
            value = said.get(name, "x")
            if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9 _-]{1,50}", value):
                raise Refused(422, name)
        if "color" in said and not (isinstance(said["color"], str) and _COLOR.match(said["color"])):
            raise Refused(422, "color")
        text = said.get("description")
        if text is not None and (not isinstance(text, str) or len(text) > 100):
            raise Refused(422, "description")
        return said

    async def new_label(self, request: Request) -> Response:
        said = self.checked_label(await body_of(request))
        if "name" not in said or said["name"].lower() in self.labels:
            raise Refused(422, "name")
        label = self.label(said["name"], said.get("color", "ededed").lower(), said.get("description"), default=False)
        self.labels[said["name"].lower()] = label
        return JSONResponse(label, 201, {"Location": f"/labels/{label['name'].replace(' ', '%20')}"})

    def known(self, request: Request) -> str:
        name: str = request.path_params["name"].lower()
        if name not in self.labels:
            raise Refused(404, "Not Found")
        return name

    async def get_label(self, request: Request) -> Response:
        return JSONResponse(self.labels[self.known(request)])

    async def change_label(self, request: Request) -> Response:
        name = self.known(request)
        said = self.checked_label(await body_of(request))
        new = said.get("new_name", self.labels[name]["name"])
        if new.lower() != name and new.lower() in self.labels:
            raise Refused(422, "new_name")
        label = self.labels[name] if "both names" in self.bugs else self.labels.pop(name)
        label["name"] = new
        label["color"] = said.get("color", label["color"]).lower()
        if "description" in said:
            label["description"] = said["description"]
        self.labels[new.lower()] = label
        return JSONResponse(label)

    async def drop_label(self, request: Request) -> Response:
        name = self.known(request)
        if "not gone" not in self.bugs:
            del self.labels[name]
        return Response(status_code=204)
