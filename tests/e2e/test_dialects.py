"""Every dialect of vCenter's API, described or not: sign in and in again, read values, start tasks and follow them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client

SPECS = Path(__file__).parents[3] / "shared" / "specs" / "vcenter-7.0.3"
OLDER = ("7.0.1", "7.0.2")
PASSWORD = "correct horse"
USER = "administrator@vsphere.local"
TEXT = {"type": "string"}


def ok(schema: dict[str, Any] | None, *, rest: bool, status: str = "200") -> dict[str, Any]:
    wrapped = {"type": "object", "required": ["value"], "properties": {"value": schema}}
    content = {} if schema is None else {"content": {"application/json": {"schema": wrapped if rest else schema}}}
    return {"responses": {status: {"description": "ok", **content}}}


def describe(root: str, server: str, *, sessions: bool, tasks: bool) -> dict[str, Any]:
    """A small vCenter; `root` stands in its paths, `server` in its server."""
    rest = (server + root).startswith("/rest")
    action = "~action" if rest else "action"
    used = {"type": "array", "items": {"type": "object", "required": ["used_by"], "properties": {"used_by": TEXT}}}
    labels = {"type": "object", "additionalProperties": TEXT}
    mark = {"type": "object", "properties": {"key": TEXT, "value": {**used["items"]}}}
    marks = {"type": "array", "items": mark} if rest else {"type": "object", "additionalProperties": used["items"]}
    deep = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": marks}}}}
    body = {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": TEXT}}}}}}
    paths: dict[str, Any] = {
        f"{root}/vcenter/tags": {"get": {"operationId": "list", "tags": ["tags"], **ok(used, rest=rest)}},
        f"{root}/vcenter/labels": {"get": {"operationId": "get", "tags": ["labels"], **ok(labels, rest=rest)}},
        f"{root}/vcenter/marks": {"get": {"operationId": "get", "tags": ["marks"], **ok(marks, rest=rest)}},
        f"{root}/vcenter/deep": {"get": {"operationId": "get", "tags": ["deep"], **ok(deep, rest=rest)}},
        f"{root}/vcenter/name": {"get": {"operationId": "get", "tags": ["name"], **ok(TEXT, rest=rest)}},
        f"{root}/vcenter/nothing": {
            "post": {
                "operationId": "do",
                "tags": ["nothing"],
                "responses": {"200": {"description": "ok", "content": {"application/json": {}}}},
            }
        },
        f"{root}/vcenter/disk?{action}=wipe&vmw-task=true": {
            "post": {"operationId": "wipe$task", "tags": ["disk"], **body, **ok(TEXT, rest=rest, status="202")}
        },
    }
    if sessions:
        session = f"{root}/com/vmware/cis/session" if rest else f"{root}/session"
        create = {"operationId": "create", "tags": ["session"], **ok({**TEXT, "format": "password"}, rest=rest)}
        paths[session] = {
            "post": create,
            "delete": {"operationId": "delete", "tags": ["session"], **ok(None, rest=rest)},
        }
        info = {"type": "object", "required": ["user"], "properties": {"user": TEXT}}
        read = {"operationId": "get", "tags": ["session"], **ok(info, rest=rest)}
        if rest:
            paths[f"{session}?~action=get"] = {"post": read}
        else:
            paths[session]["get"] = read
    if tasks:
        task = {"name": "task", "in": "path", "required": True, "schema": TEXT}
        record = {"type": "object", "required": ["status"], "properties": {"status": TEXT, "user": TEXT}}
        paths[f"{root}/cis/tasks/{{task}}"] = {
            "parameters": [task],
            "get": {"operationId": "get", "tags": ["tasks"], **ok(record, rest=rest)},
        }
        paths[f"{root}/cis/tasks/{{task}}?action=cancel"] = {
            "parameters": [task],
            "post": {"operationId": "cancel", "tags": ["tasks"], **ok(None, rest=rest)},
        }
    error = {"type": "object", "properties": {"messages": {"type": "array", "items": {}}}}
    return {
        "openapi": "3.0.0",
        "info": {"title": "Little VCenter", "version": "7"},
        **({"servers": [{"url": f"https://vc.example.com{server}"}]} if server else {}),
        "components": {"schemas": {"vapi.std.errors.error": error}},
        "paths": paths,
    }


DIALECTS = {
    "rest in the paths": describe("/rest", "", sessions=True, tasks=True),
    "rest in the paths, nothing else": describe("/rest", "", sessions=False, tasks=False),
    "rest in the server": describe("", "/rest", sessions=True, tasks=True),
    "rest in the server, nothing else": describe("", "/rest", sessions=False, tasks=False),
    "api in the paths": describe("/api", "", sessions=True, tasks=True),
    "api in the paths, no sessions": describe("/api", "", sessions=False, tasks=True),
    "api in the paths, nothing else": describe("/api", "", sessions=False, tasks=False),
    "api in the server": describe("", "/api", sessions=True, tasks=True),
    "api in the server, nothing else": describe("", "/api", sessions=False, tasks=False),
}


@pytest.fixture(scope="module", params=DIALECTS)
def described(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Described:
    path = tmp_path_factory.mktemp("dialect") / "little.json"
    path.write_text(json.dumps(DIALECTS[request.param]), encoding="utf-8")
    return read_api(path)


@pytest.fixture(scope="module")
def sdk(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("sdk"))
    with imported(source, described.config.package.module) as module:
        yield module


@pytest.fixture(scope="module")
def simulator(described: Described) -> Iterator[tuple[Simulator, str]]:
    server = Simulator(described, SimulatorOptions(password=PASSWORD, task_seconds=0.5))
    with server.running() as url:
        yield server, url


def test_sessions_are_made_renewed_and_ended(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    server, url = simulator
    with sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        assert isinstance(vc.vcenter.name.get(), str)
        server.application.sessions.clear()
        assert isinstance(vc.vcenter.name.get(), str)
        assert len(server.application.sessions) == 1
    assert len(server.application.sessions) == 0
    with (
        sdk.LittleVCenter(url, username=USER, password="wrong") as vc,
        pytest.raises(sdk.AuthenticationError),
    ):
        vc.vcenter.name.get()
    with sdk.LittleVCenter(url, token="stale") as vc, pytest.raises(sdk.Unauthenticated):
        vc.vcenter.name.get()


def test_callers_get_values_and_the_raw_answer_has_what_came(
    sdk: ModuleType, simulator: tuple[Simulator, str], described: Described
) -> None:
    _, url = simulator
    enveloped = any(media.envelope for o in described.api.operations for r in o.responses for media in r.content)
    with sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        (tag,) = vc.vcenter.tags.list()
        assert isinstance(tag.used_by, str)
        assert all(isinstance(text, str) for text in vc.vcenter.labels.get().values())
        (mark,) = vc.vcenter.marks.get().values()
        assert isinstance(mark.used_by, str)
        assert isinstance(vc.vcenter.deep.get().a.b, dict)
        assert vc.vcenter.nothing.do() is None
        raw = vc.with_raw_response(vc.vcenter.tags.list)()
        assert raw.parsed == [tag]
        assert isinstance(json.loads(raw.content), dict if enveloped else list)


def test_tasks_are_started_followed_and_found_again(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    _, url = simulator
    with sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        task = vc.vcenter.disk.wipe()
        assert vc.tasks.attach(task.id).info().status in ("PENDING", "RUNNING", "SUCCEEDED")
        task.wait(timeout=10, poll=0.01)
        other = vc.vcenter.disk.wipe()
        other.cancel()
        with pytest.raises(sdk.TaskFailed):
            other.wait(timeout=10, poll=0.01)


def test_the_same_awaited(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    _, url = simulator

    async def program() -> None:
        async with sdk.AsyncLittleVCenter(url, username=USER, password=PASSWORD) as vc:
            assert isinstance(await vc.vcenter.name.get(), str)
            await (await vc.vcenter.disk.wipe()).wait(timeout=10, poll=0.01)

    asyncio.run(program())


@contextlib.contextmanager
def answering(body: bytes) -> Iterator[str]:
    """A server that gives a token to whoever asks, and this body to every other request."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = b'"token"' if "session" in self.path else body
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815  as the base class spells them

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"value": [{"used_by": "a"}, {"used_by": 5}]}', "value[1].used_by"),
        (b'[{"used_by": "a"}, {"used_by": 5}]', "[1].used_by"),
        (b'{"value": {"a": 1}}', "value"),
    ],
)
def test_a_decode_error_names_the_place_in_what_came(sdk: ModuleType, body: bytes, place: str) -> None:
    with answering(body) as url, sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        with pytest.raises(sdk.UnexpectedAnswer) as caught:
            vc.vcenter.tags.list()
    assert place in str(caught.value)


@pytest.mark.parametrize("body", [b'[{"used_by": "a"}]', b'{"value": [{"used_by": "a"}]}'], ids=["bare", "enveloped"])
def test_both_shapes_decode_whatever_is_described(sdk: ModuleType, body: bytes) -> None:
    with answering(body) as url, sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        assert [tag.used_by for tag in vc.vcenter.tags.list()] == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "x"}',
        b'[{"key": "a", "value": "x"}]',
        b'{"value": {"a": "x"}}',
        b'{"value": [{"key": "a", "value": "x"}]}',
    ],
)
def test_maps_may_be_objects_or_lists_of_pairs(sdk: ModuleType, body: bytes) -> None:
    with answering(body) as url, sdk.LittleVCenter(url, username=USER, password=PASSWORD) as vc:
        assert vc.vcenter.labels.get() == {"a": "x"}


@pytest.mark.parametrize(
    "name",
    [
        "cis.json",
        "vcenter.json",
        "content.json",
        "appliance.json",
        "esx.json",
        *(f"../swagger2/{v}/vcenter.json" for v in OLDER),
    ],
)
def test_a_client_of_each_published_file_signs_in(name: str, tmp_path: Path) -> None:
    if not (SPECS / name).is_file():
        pytest.skip("the published specifications are not beside the project")
    described = read_api(SPECS / name)
    source = write_client(described.api, described.config, described.document, tmp_path)
    server = Simulator(described, SimulatorOptions(password=PASSWORD))
    operation = next(o for o in described.api.operations if o.method == "GET" and not o.arguments and o.role is None)
    with server.running() as url, imported(source, described.config.package.module) as module:
        client = getattr(module, described.config.package.client)
        with client(url, username=USER, password=PASSWORD) as vc:
            found: Any = vc
            for part in operation.python_path.split("."):
                found = getattr(found, part)
            found()
    assert server.log.accepted[operation.python_path] == 1
