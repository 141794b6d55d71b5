"""A reading request that may be taken for a writing one leaves only where the target was seen to tell them apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.copied.suite.credentials import Scheme
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.gate import Gate, MistakenFor, Policy
from vcsdk.copied.suite.ledger import Ledger
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.shared import Shared

from tests.unit.contract.test_gate import operation

NEW = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
Handler = Callable[[httpx2.Request], httpx2.Response]
WRITES = operation("create", "POST /things", Effect.WRITE)
READS = operation("find", "POST /things?action=find", Effect.READ)


def taking(schema: Mapping[str, Any] | None, *, required: bool = False) -> dict[str, Any]:
    body = {"required": required, "content": {"application/json": {"schema": schema}}}
    return {"post": {"responses": {}, **({"requestBody": body} if schema is not None else {})}}


class Server:
    """A target that notes what it carries out."""

    def __init__(self, answer: Callable[[str | None, bytes], tuple[int, Any]]) -> None:
        self._answer = answer
        self.created: list[bytes] = []
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.query.decode())
        status, value = self._answer(request.url.params.get("action"), request.content)
        if value == "created":
            self.created.append(request.content)
        return httpx2.Response(status, json=value)


def fits(content: bytes, default: Any = None) -> bool:
    try:
        value = json.loads(content)
    except ValueError:
        value = default
    return isinstance(value, dict) and isinstance(value.get("name"), str)


def create(content: bytes) -> tuple[int, Any]:
    return (201, "created") if fits(content) else (400, {"error_type": "INVALID_ARGUMENT"})


def heeds(action: str | None, content: bytes) -> tuple[int, Any]:
    if action is None:
        return create(content)
    return (200, []) if action == "find" else (404, {})


def heeds_with_400(action: str | None, content: bytes) -> tuple[int, Any]:
    status, value = heeds(action, content)
    return (400, {}) if status == 404 else (status, value)


def names_the_operation(action: str | None, content: bytes) -> tuple[int, Any]:
    """A vAPI server that looks at the body first, and at the action last."""
    if action is None:
        return create(content)
    return (400, {"error_type": "INVALID_ARGUMENT" if action == "find" else "OPERATION_NOT_FOUND"})


def ignores(_: str | None, content: bytes) -> tuple[int, Any]:
    return create(content)


def refuses_alike(action: str | None, content: bytes) -> tuple[int, Any]:
    return create(content) if action is None else (400, {"error_type": "INVALID_ARGUMENT"})


def ignores_and_fails(_: str | None, content: bytes) -> tuple[int, Any]:
    return create(content) if fits(content) else (500, {})


def ignores_and_takes_anything(_: str | None, __: bytes) -> tuple[int, Any]:
    return 200, "taken"


def is_busy(_: str | None, content: bytes) -> tuple[int, Any]:
    return create(content) if fits(content) else (429, {})


def fails_on_its_own(action: str | None, content: bytes) -> tuple[int, Any]:
    return create(content) if action is None else (500 if action == "find" else 400, {})


def is_busy_on_its_own(action: str | None, content: bytes) -> tuple[int, Any]:
    return create(content) if action is None else (429 if action == "find" else 400, {})


def by(action: str | None, content: bytes, unknown: tuple[int, Any]) -> tuple[int, Any]:
    """As a server does that gives another answer where the operation is unknown than where its body is wrong."""
    if action is None:
        return create(content)
    return (400, {"error_type": "INVALID_ARGUMENT"}) if action == "find" else unknown


def gate(
    server: Handler,
    folder: Path,
    bodies: Mapping[Operation, Mapping[str, Any] | None],
    level: Effect = Effect.READ,
    required: bool = False,
) -> httpx2.Client:
    """A client behind the gate; `bodies` has the schema of each operation's body."""
    paths = {str(number): taking(schema, required=required) for number, schema in enumerate(bodies.values())}
    (folder / "openapi.json").write_text(json.dumps({"openapi": "3.0.3", "paths": paths}))
    operations = tuple(
        Operation(**{**vars_of(one), "pointer": f"#/paths/{number}/post"}) for number, one in enumerate(bodies)
    )
    shared = Shared(folder)
    made = Gate(
        httpx2.MockTransport(server),
        Catalogue(operations, prefix="/api", session_header="token", schemes=(Scheme("key", "header", "key"),)),
        Policy(level),
        Ledger(shared.accepted, 1),
        Secrets(),
        shared,
        Description(folder / "openapi.json"),
    )
    return httpx2.Client(transport=made, base_url="http://target")


def vars_of(one: Operation) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


@pytest.mark.parametrize("answer", [heeds, heeds_with_400, names_the_operation], ids=lambda f: f.__name__)
def test_it_leaves_where_the_target_tells_them_apart(answer: Any, tmp_path: Path) -> None:
    server = Server(answer)
    client = gate(server, tmp_path, {WRITES: NEW, READS: None})

    client.post("/api/things?action=find&limit=5", json={"name": "would be made"})
    client.post("/api/things?action=find", json={"name": "would be made"})

    assert server.asked[0] == "action=no-such-action&limit=5"
    assert server.asked[-2:] == ["action=find", "action=find"] or server.asked[-2].startswith("action=find&")
    assert server.asked.count("action=no-such-action&limit=5") == 1
    assert server.created == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ignores, "was answered 400, as the right query with it was"),
        (refuses_alike, "was answered 400, as the right query with it was"),
        (ignores_and_fails, "was answered 500"),
        (ignores_and_takes_anything, "was answered 200"),
        (is_busy, "was answered 429"),
        (fails_on_its_own, "was answered 400"),
        (is_busy_on_its_own, "was answered 400"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_it_does_not_leave_where_the_target_may_not(answer: Any, why: str, tmp_path: Path) -> None:
    server = Server(answer)
    client = gate(server, tmp_path, {WRITES: NEW, READS: None})

    for _ in range(2):
        with pytest.raises(MistakenFor, match=why):
            client.post("/api/things?action=find", json={"name": "would be made"})

    assert server.created == []
    assert len(server.asked) < 4


@pytest.mark.parametrize("status", [401, 403, 404, 405, 501])
def test_an_answer_that_no_body_changes_is_enough(status: int, tmp_path: Path) -> None:
    server = Server(lambda _, __: (status, {}))

    gate(server, tmp_path, {WRITES: NEW, READS: None}).post("/api/things?action=find")

    assert server.asked == ["action=no-such-action", "action=find"]


@pytest.mark.parametrize("status", [200, 302, 408, 425, 429, 500, 503])
def test_an_answer_that_says_nothing_of_the_query_is_not(status: int, tmp_path: Path) -> None:
    server = Server(lambda action, content: by(action, content, (status, {})))

    with pytest.raises(MistakenFor, match=f"was answered {status}"):
        gate(server, tmp_path, {WRITES: NEW, READS: None}).post("/api/things?action=find")

    assert server.asked == ["action=no-such-action"]


@pytest.mark.parametrize(
    ("unknown", "questions"),
    [
        ({"error_type": "OPERATION_NOT_FOUND"}, 1),
        ({"type": "com.vmware.vapi.std.errors.operation_not_found", "value": {}}, 1),
        ({"error_type": "NOT_FOUND"}, 2),
        ({"type": "com.vmware.vapi.std.errors.not_found"}, 2),
        (["OPERATION_NOT_FOUND"], 2),
    ],
)
def test_the_kind_of_an_error_tells_as_its_status_does(unknown: Any, questions: int, tmp_path: Path) -> None:
    server = Server(lambda action, content: by(action, content, (400, unknown)))

    gate(server, tmp_path, {WRITES: NEW, READS: None}).post("/api/things?action=find")

    assert server.asked == ["action=no-such-action", "action=find", "action=find"][: questions + 1]


@pytest.mark.parametrize("asks_for_one", [False, True])
def test_what_refuses_every_body_is_asked_without_one(asks_for_one: bool, tmp_path: Path) -> None:
    """Where the reading operation needs no body, it is the one that takes a request without."""

    def refuses_bodies(action: str | None, content: bytes) -> tuple[int, Any]:
        return create(content) if action is None else (200 if action == "find" and not content else 400, {})

    server = Server(refuses_bodies)
    client = gate(server, tmp_path, {WRITES: NEW, READS: NEW if asks_for_one else None}, required=True)

    if asks_for_one:
        with pytest.raises(MistakenFor, match="was answered 400"):
            client.post("/api/things?action=find")
    else:
        client.post("/api/things?action=find")

    assert server.asked == ["action=no-such-action", "action=find"] * (1 if asks_for_one else 2) + (
        [] if asks_for_one else ["action=find"]
    )
    assert server.created == []


def test_a_target_that_drops_the_connection_is_not_trusted(tmp_path: Path) -> None:
    def drop(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.RemoteProtocolError("gone", request=request)

    with pytest.raises(MistakenFor, match="got no answer"):
        gate(drop, tmp_path, {WRITES: NEW, READS: None}).post("/api/things?action=find")


@pytest.mark.parametrize(
    "writes",
    [
        {WRITES: None},
        {WRITES: {}},
        {WRITES: NEW, operation("erase", "POST /things?action=erase", Effect.DESTRUCTIVE): None},
    ],
    ids=["no body", "any body", "one of two has none"],
)
def test_without_a_body_that_is_wrong_for_all_nothing_is_sent(writes: Any, tmp_path: Path) -> None:
    server = Server(heeds)

    with pytest.raises(MistakenFor, match="no body is wrong for it"):
        gate(server, tmp_path, {**writes, READS: None}).post("/api/things?action=find")

    assert server.asked == []


def test_what_nothing_tells_apart_is_not_sent(tmp_path: Path) -> None:
    server = Server(heeds)
    twin = operation("also", "POST /things?action=find", Effect.WRITE)

    with pytest.raises(MistakenFor, match="nothing in the request tells it from also"):
        gate(server, tmp_path, {READS: None, twin: NEW}).post("/api/things?action=find")

    assert server.asked == []


@pytest.mark.parametrize(
    ("schema", "required", "content"),
    [
        (NEW, False, b'"no-such-value"'),
        ({"type": "string"}, False, b'["no-such-value"]'),
        ({"type": "array", "items": {"type": "integer"}}, False, b'"no-such-value"'),
        ({"type": "string", "enum": ["A", "B"]}, False, b'"no-such-value"'),
        ({"required": ["name"]}, False, b"{}"),
        ({}, True, b""),
        ({"anyOf": [{"type": "string"}, {"type": "array", "items": {}}]}, False, b"1"),
        ({"nullable": True, "type": "integer"}, False, b'"no-such-value"'),
    ],
)
def test_the_body_breaks_what_the_writing_one_asks_for(
    schema: Any, required: bool, content: bytes, tmp_path: Path
) -> None:
    sent: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        return httpx2.Response(404)

    gate(answer, tmp_path, {WRITES: schema, READS: None}, required=required).post("/api/things?action=find")

    assert sent[0] == content


@pytest.mark.parametrize(
    ("reads", "writes", "query", "asked"),
    [
        ("POST /things?~action=find", "POST /things", "~action=find", "~action=no-such-action"),
        ("POST /things?op=find&v=2", "POST /things?op=make&v=2", "op=find&v=2", "op=no-such-op&v=2"),
        ("POST /things", "POST /things?action=create", "", "action=no-such-action"),
        ("POST /things?check", "POST /things", "check", "no-such-check="),
        ("POST /things?action=get", "POST /things?action=go&vmw-task=true", "action=get", "action=no-such-action"),
        ("PUT /things?dry=true", "PUT /things?dry=false", "dry=true", "dry=no-such-dry"),
    ],
)
def test_what_tells_them_apart_is_changed(reads: str, writes: str, query: str, asked: str, tmp_path: Path) -> None:
    sent: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.url.query.decode())
        return httpx2.Response(404)

    operations = {operation("reads", reads, Effect.READ): None, operation("writes", writes, Effect.WRITE): NEW}
    gate(answer, tmp_path, operations).request(reads.partition(" ")[0], f"/api/things?{query}")

    assert sent == [asked, query]


def test_a_parameter_that_must_be_there_is_left_out(tmp_path: Path) -> None:
    sent: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.url.query.decode())
        return httpx2.Response(404)

    reads = operation("reads", "POST /things", Effect.READ, presence=("name",))
    gate(answer, tmp_path, {reads: None, WRITES: NEW}).post("/api/things?name=one")

    assert sent == ["no-such-name=", "name=one"]


@pytest.mark.parametrize("header", ["token", "key", "authorization"])
def test_each_address_and_each_account_is_asked_for_itself(header: str, tmp_path: Path) -> None:
    """An unknown resource, or somebody who is not let in, says nothing of others."""
    asked: list[tuple[str, str]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.url.path, request.headers.get(header, "")))
        known = request.url.path == "/api/things/known"
        return httpx2.Response(401 if header not in request.headers else 400 if known else 404)

    reads, writes = (
        operation("find", "POST /things/{thing}?action=find", Effect.READ),
        operation("change", "POST /things/{thing}?action=change", Effect.WRITE),
    )
    client = gate(answer, tmp_path, {reads: None, writes: NEW})
    client.post("/api/things/unknown?action=find", headers={header: "t"})
    client.post("/api/things/known?action=find")
    with pytest.raises(MistakenFor):
        client.post("/api/things/known?action=find", headers={header: "t"})

    assert asked == [
        *[("/api/things/unknown", "t")] * 2,
        *[("/api/things/known", "")] * 2,
        *[("/api/things/known", "t")] * 2,
    ]


def test_what_is_seen_of_one_operation_says_nothing_of_another(tmp_path: Path) -> None:
    """A target may heed one parameter and ignore the other."""
    server = Server(heeds)
    looks = operation("look", "POST /things?op=look", Effect.READ)
    client = gate(server, tmp_path, {WRITES: NEW, READS: None, looks: None})

    client.post("/api/things?action=find")
    with pytest.raises(MistakenFor, match="op=no-such-op"):
        client.post("/api/things?op=look", json={"name": "would be made"})

    assert server.created == []


def test_the_question_has_the_headers_of_its_own_body(tmp_path: Path) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(404)

    headers = {"content-type": "text/plain", "token": "t"}
    gate(answer, tmp_path, {WRITES: NEW, READS: None}).post("/api/things?action=find", content=b"?", headers=headers)

    question, request = sent
    assert question.headers.get_list("content-type") == ["application/json"]
    assert question.headers.get_list("content-length") == [str(len(question.content))]
    assert (question.headers["token"], request.headers["content-type"], request.content) == ("t", "text/plain", b"?")


TEXT_TOO = {"application/json": {"schema": NEW}, "application/vnd.thing+json": {"schema": {"type": "string"}}}


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ({"$ref": "#/components/requestBodies/Thing"}, b'"no-such-value"'),
        ({"content": TEXT_TOO}, b'["no-such-value"]'),
        ({"content": {"text/plain": {"schema": {"type": "integer"}}}, "required": True}, b""),
    ],
    ids=["by reference", "of two kinds", "no JSON"],
)
def test_wherever_and_however_a_body_is_described(body: Any, content: bytes, tmp_path: Path) -> None:
    sent: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        return httpx2.Response(404)

    client = gate(answer, tmp_path, {WRITES: NEW, READS: None})
    document = json.loads((tmp_path / "openapi.json").read_text())
    document["components"] = {"requestBodies": {"Thing": {"content": {"application/json": {"schema": NEW}}}}}
    document["paths"]["0"]["post"]["requestBody"] = body
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    client.post("/api/things?action=find")

    assert sent[0] == content


def test_what_the_run_may_do_anyway_is_not_asked_for(tmp_path: Path) -> None:
    server = Server(heeds)

    gate(server, tmp_path, {WRITES: NEW, READS: None}, Effect.WRITE).post("/api/things?action=find")

    assert server.asked == ["action=find"]


def test_a_session_is_made_by_who_asks_for_one(tmp_path: Path) -> None:
    server = Server(heeds)
    makes = operation("login", "POST /things", Effect.WRITE, role="session-create")

    gate(server, tmp_path, {makes: NEW, READS: None}).post("/api/things?action=find")

    assert server.asked == ["action=find"]
