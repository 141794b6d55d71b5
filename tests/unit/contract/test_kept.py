"""What a run has set is set back when it ends, however it ends, and what cannot be is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.gate import NotExercised
from vcsdk.copied.suite.operations import Effect
from vcsdk.copied.suite.run import Run
from vcsdk.copied.suite.settings import Settings
from vcsdk.copied.suite.undo import JSON_PATCH
from vcsdk.emitters.contract.emit import catalogue_of
from vcsdk.pipeline import read_api

URL = "http://127.0.0.1:1"
TEXT = {"type": "string"}
SHOWN = {"title": TEXT, "rows": {"type": "integer"}, "at": {"type": "string", "readOnly": True}}
LIST = {"type": "array", "items": TEXT}
SETTINGS = {"type": "object", "required": ["title"], "properties": SHOWN}


def document(sent: Any = SETTINGS, shown: Any = SETTINGS, method: str = "put", **more: Any) -> dict[str, Any]:
    """One of something, at a path; `more` replaces parts of the description."""
    given = {"path": "/settings", "type": "application/json", "get": True, "security": [], "item": {}, **more}
    change = {
        "operationId": "set",
        "security": given["security"],
        "requestBody": {"required": True, "content": {given["type"]: {"schema": sent}}},
        "responses": {"200": {"description": "set"}},
    }
    content = {"application/json": {"schema": shown}}
    read = {"operationId": "read", "responses": {"200": {"description": "ok", "content": content}}}
    place = [{"name": "key", "in": "path", "required": True, "schema": more.get("key", TEXT)}]
    item = {method: change, **({"get": read} if given["get"] else {}), **given["item"]}
    if "{" in given["path"]:
        item["parameters"] = place
    return {
        "openapi": "3.0.3",
        "info": {"title": "One", "version": "1"},
        "paths": {given["path"]: item},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    }


class Server:
    """Holds a value at each path; `takes` makes a new value of an old one and a body, None refuses it."""

    def __init__(self, held: dict[str, Any], takes: Callable[[Any, Any], Any] = lambda _, said: said) -> None:
        self.held, self.takes = held, takes
        self.sent: list[tuple[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if request.method == "GET":
            found = self.held.get(path)
            return httpx2.Response(404) if found is None else httpx2.Response(200, json=found)
        if request.method == "DELETE":
            del self.held[path]
            return httpx2.Response(204)
        said = json.loads(request.content)
        self.sent.append((request.method, said))
        value = self.takes(self.held.get(path), said)
        if value is None:
            return httpx2.Response(409)
        was_there = path in self.held
        self.held[path] = value
        return httpx2.Response(200 if was_there else 201, json=value)


def run_on(server: Server, folder: Path, described: dict[str, Any], **options: Any) -> Run:
    (folder / "openapi.json").write_text(json.dumps(described))
    read = read_api(folder / "openapi.json")
    settings = Settings(URL, level=Effect.WRITE, **options)
    known = catalogue_of(read.api, read.document)
    return Run(settings, known, Description(folder / "openapi.json"), folder, httpx2.MockTransport(server))


def set_to(run: Run, said: Any, path: str = "/settings", method: str = "PUT", type_: str = "application/json") -> int:
    headers = {"Content-Type": type_}
    return run.client.request(method, run.url(path), content=json.dumps(said).encode(), headers=headers).status_code


def in_envelopes(_: Any, words: Any) -> Any:
    return {"data": {"words": words}}


def test_what_was_set_is_set_back_when_the_run_ends(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old", "rows": 3, "at": "then"}}, lambda _, said: {**said, "at": "now"})
    run = run_on(server, tmp_path, document())

    assert (set_to(run, {"title": "new"}), set_to(run, {"title": "newer"})) == (200, 200)
    run.close()

    assert server.held["/settings"] == {"title": "old", "rows": 3, "at": "now"}
    assert server.sent[-1] == ("PUT", {"title": "old", "rows": 3})
    assert run.shared.left == []


def test_it_is_set_back_after_each_test_and_others_may_change_it_then(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old"}})
    run = run_on(server, tmp_path, document())
    set_to(run, {"title": "new"})

    run.kept.put_back_fresh()
    assert server.held["/settings"] == {"title": "old"}
    server.held["/settings"] = {"title": "somebody else's"}
    set_to(run, {"title": "newer"})
    run.close()

    assert server.held["/settings"] == {"title": "somebody else's"}


def test_what_was_not_set_is_left_alone(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old"}}, lambda _, __: None)
    run = run_on(server, tmp_path, document())

    assert set_to(run, {"title": "new"}) == 409
    run.close()

    assert len(server.sent) == 1


def test_of_a_patch_only_what_it_changed_is_said_again(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old", "rows": 3}}, lambda old, said: {**old, **said})
    sent = {"type": "object", "properties": SHOWN}
    run = run_on(server, tmp_path, document(sent, method="patch"))

    set_to(run, {"title": "new"}, method="PATCH")
    run.close()

    assert server.sent[-1] == ("PATCH", {"title": "old"})
    assert server.held["/settings"] == {"title": "old", "rows": 3}


def test_json_patch_undoes_step_by_step(tmp_path: Path) -> None:
    def takes(old: dict[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
        value = dict(old)
        for step in steps:
            name = step["path"].removeprefix("/")
            if step["op"] == "remove":
                del value[name]
            else:
                value[name] = step["value"]
        return value

    server = Server({"/settings": {"title": "old"}}, takes)
    steps = {"type": "array", "items": {"type": "object"}}
    run = run_on(server, tmp_path, document(steps, method="patch", type=JSON_PATCH))

    set_to(run, [{"op": "add", "path": "/rows", "value": 9}], method="PATCH", type_=JSON_PATCH)
    set_to(run, [{"op": "replace", "path": "/title", "value": "x"}], method="PATCH", type_=JSON_PATCH)
    run.kept.put_back_fresh()

    assert server.held["/settings"]["title"] == "old"


def test_a_version_that_counts_is_that_of_now(tmp_path: Path) -> None:
    def takes(old: dict[str, Any], said: dict[str, Any]) -> dict[str, Any] | None:
        return {**said, "rows": old["rows"] + 1} if said["rows"] == old["rows"] else None

    server = Server({"/settings": {"title": "old", "rows": 3}}, takes)
    run = run_on(server, tmp_path, document())

    assert set_to(run, {"title": "new", "rows": 3}) == 200
    run.close()

    assert server.held["/settings"] == {"title": "old", "rows": 5}
    assert run.shared.left == []


@pytest.mark.parametrize(
    ("sent", "shown", "before", "said"),
    [
        ({"type": "array", "items": TEXT}, {"type": "array", "items": TEXT}, ["a"], ["b"]),
        (
            {"type": "object", "required": ["open"], "properties": {"open": {"type": "boolean"}}},
            {"type": "boolean"},
            False,
            {"open": True},
        ),
        ({"type": "object", "additionalProperties": TEXT}, {"type": "object", "additionalProperties": TEXT}, {}, {}),
        (
            {"type": "object", "required": ["spec"], "properties": {"spec": SETTINGS}},
            {"type": "object", "required": ["data"], "properties": {"data": SETTINGS}},
            {"data": {"title": "old"}},
            {"spec": {"title": "new"}},
        ),
        (
            {"type": "array", "items": TEXT},
            {"type": "object", "properties": {"data": {"type": "object", "properties": {"words": LIST}}}},
            {"data": {"words": ["a"]}},
            ["b"],
        ),
    ],
    ids=["list", "one value", "map", "envelopes", "a list in envelopes"],
)
def test_whatever_the_form_of_it(sent: Any, shown: Any, before: Any, said: Any, tmp_path: Path) -> None:
    (name,) = before if isinstance(before, dict) and before else ("",)
    (key,) = said if isinstance(said, dict) and said else ("",)
    takes = (lambda _, body: {name: body[key]} if name else body[key]) if key else (lambda _, body: body)
    takes = in_envelopes if isinstance(said, list) and name else takes
    server = Server({"/settings": before}, takes)
    run = run_on(server, tmp_path, document(sent, shown))

    assert set_to(run, said) == 200
    run.close()

    assert server.held["/settings"] == before
    assert run.shared.left == []


SECRET = {"type": "object", "required": ["code"], "properties": {"code": {**TEXT, "writeOnly": True}, "title": TEXT}}
HIDING = {"type": "object", "properties": {"title": TEXT, "code": {**TEXT, "writeOnly": True}}}


@pytest.mark.parametrize(
    "described",
    [
        document(get=False),
        document(SECRET),
        document(HIDING),
        document({"type": "object", "properties": {"title": TEXT, "other": TEXT}}, method="put"),
        document(path="/kinds/{key}", key={"type": "string", "enum": ["settings"]}, get=False),
    ],
    ids=["no reading", "needed and not shown", "only written", "said and not shown", "one of few"],
)
def test_what_could_not_be_set_back_is_not_sent_unless_it_is_named(described: dict[str, Any], tmp_path: Path) -> None:
    path = next(iter(described["paths"])).replace("{key}", "settings")
    said = {"title": "new", "code": "x", "other": "y"}
    server = Server({path: {"title": "old"}})
    run = run_on(server, tmp_path, described)

    with pytest.raises(NotExercised, match="could not be set back: pass --allow"):
        set_to(run, said, path)
    assert server.sent == []
    with pytest.raises(NotExercised):
        set_to(run, said, path, type_="text/plain")
    # Only a faulty server sets anything by this.
    assert set_to(run, "no object", path) == 200
    run.close()
    assert server.held[path] == {"title": "old"} or run.shared.left[0].startswith(f"{path}: ")

    run = run_on(server, tmp_path, described, allowed=frozenset({"set"}))
    assert set_to(run, said, path) == 200


def test_an_identifier_that_nobody_has_needs_no_reading(tmp_path: Path) -> None:
    run = run_on(Server({}), tmp_path, document(path="/things/{key}", get=False))

    assert set_to(run, {"title": "x"}, "/things/no-such-key") == 201


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_what_nobody_has_may_be_refused_for_its_form(status: int, tmp_path: Path) -> None:
    class Refusing(Server):
        def __call__(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(status) if request.method == "GET" else super().__call__(request)

    run = run_on(Refusing({}), tmp_path, document(path="/things/{key}"))
    assert set_to(run, {"title": "x"}, "/things/no-such-key") == 201
    run = run_on(Refusing({}), tmp_path, document())
    with pytest.raises(NotExercised):
        set_to(run, {"title": "x"})


def test_without_the_credentials_it_is_a_request_that_must_be_refused(tmp_path: Path) -> None:
    described = document(get=False, security=[{"key": []}])
    run = run_on(Server({"/settings": {}}), tmp_path, described, tokens={"key": "the right one"})

    assert set_to(run, {"title": "x"}) == 200
    with pytest.raises(NotExercised):
        run.client.put(run.url("/settings"), json={"title": "x"}, headers={"X-Key": "the right one"})


def test_what_a_put_makes_is_deleted(tmp_path: Path) -> None:
    drop = {"delete": {"operationId": "drop", "responses": {"204": {"description": "gone"}}}}
    server = Server({})
    run = run_on(server, tmp_path, document(item=drop))

    assert set_to(run, {"title": "new"}) == 201
    run.close()

    assert (server.held, run.shared.left) == ({}, [])


def test_what_is_refused_at_the_end_is_named(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old"}}, lambda _, said: None if said["title"] == "old" else said)
    run = run_on(server, tmp_path, document())
    set_to(run, {"title": "new"})

    run.kept.put_back_fresh()
    run.close()

    assert run.shared.left == ["/settings: PUT was answered 409"]


def test_what_stays_as_it_was_set_is_named(tmp_path: Path) -> None:
    server = Server({"/settings": {"title": "old"}}, lambda old, said: said if said["title"] == "new" else old)
    run = run_on(server, tmp_path, document())
    set_to(run, {"title": "new"})

    run.close()

    assert run.shared.left == ["/settings: `title` is not as it was"]
