"""vAPI's JSON-RPC says what REST says, in its own words: the same state, sessions, outages and faults."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.pipeline import read_api
from vcsdk.simulator.application import Application, encode
from vcsdk.simulator.jsonrpc.names import Structures, service_and_operation
from vcsdk.simulator.jsonrpc.values import MalformedValueError, Typed, as_described, plain
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.routing import Target

ADMINISTRATOR, READER = "administrator@vsphere.local", "reader@vsphere.local"
CLUSTER = "com.vmware.vcenter.vcha.cluster"
STANDARD = "com.vmware.vapi.std.errors."


def application(described: Any, **options: Any) -> Application:
    return Application(described, SimulatorOptions(**{"password": "the password", "task_seconds": 0.0, **options}))


def post(app: Application, request: Any, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    body = request if isinstance(request, bytes) else json.dumps(request).encode()
    reply, _ = app.serve(Target("POST", "/api", ()), {"content-type": "application/json", **(headers or {})}, body)
    return reply.status, json.loads(encode(reply)[0])


def invocation(service: str, operation: str, fields: Any = None, security: Any = None) -> dict[str, Any]:
    context = {"appCtx": {"opId": "1"}, "securityCtx": security or {}}
    params = {
        "serviceId": service,
        "operationId": operation,
        "input": {"STRUCTURE": {"operation-input": fields or {}}},
        "ctx": context,
    }
    return {"jsonrpc": "2.0", "id": "7", "method": "invoke", "params": params}


def session(app: Application, user: str = ADMINISTRATOR) -> dict[str, str]:
    return {"schemeId": "com.vmware.vapi.std.security.session_id", "sessionId": app.sessions.create(user)}


def invoke(app: Application, service: str, operation: str, fields: Any = None, security: Any = None) -> dict[str, Any]:
    given_security = session(app) if security is None else security
    status, answer = post(app, invocation(service, operation, fields, given_security))
    assert (status, answer["jsonrpc"], answer["id"]) == (200, "2.0", "7")
    return answer["result"]


def error(result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    ((name, fields),) = result["error"]["ERROR"].items()
    assert name.startswith(STANDARD)
    return name.removeprefix(STANDARD), fields


def test_a_login_gives_a_secret_that_is_a_session_of_rest_too(described: Any) -> None:
    app = application(described)
    login = {
        "schemeId": "com.vmware.vapi.std.security.user_pass",
        "userName": ADMINISTRATOR,
        "password": "the password",
    }
    token = invoke(app, "com.vmware.cis.session", "create", security=login)["output"]["SECRET"]
    reply, _ = app.serve(Target("GET", "/api/session", ()), {"vmware-api-session-id": token}, b"")
    assert (reply.status, reply.body["user"]) == (200, ADMINISTRATOR)
    assert invoke(app, "com.vmware.cis.session", "delete", security={**session(app), "sessionId": token}) == {
        "output": None
    }
    reply, _ = app.serve(Target("GET", "/api/session", ()), {"vmware-api-session-id": token}, b"")
    assert reply.status == 401


@pytest.mark.parametrize(
    "security",
    [
        {},
        {"schemeId": "com.vmware.vapi.std.security.session_id", "sessionId": "x"},
        {"schemeId": "com.vmware.vapi.std.security.session_id", "sessionId": 1},
        {"schemeId": "com.vmware.vapi.std.security.user_pass", "userName": ADMINISTRATOR, "password": "no"},
        {"schemeId": "com.vmware.vapi.std.security.saml_bearer_token", "samlToken": "x"},
    ],
    ids=["none", "wrong session", "no text", "wrong password", "a scheme that REST lacks"],
)
def test_who_is_not_known_is_unauthenticated(described: Any, security: Any) -> None:
    app = application(described)
    for service, operation in (("com.vmware.cis.session", "create"), ("com.vmware.cis.session", "get")):
        name, fields = error(invoke(app, service, operation, security=security or {"schemeId": None}))
        assert name == "unauthenticated"
        assert fields["error_type"] == {"OPTIONAL": "UNAUTHENTICATED"}
        assert fields["challenge"]["OPTIONAL"]


def test_a_structure_says_its_name_and_what_is_optional(described: Any) -> None:
    app = application(described)
    ((name, fields),) = invoke(app, CLUSTER, "get")["output"]["STRUCTURE"].items()
    assert name == f"{CLUSTER}.info"
    assert fields["mode"] == {"OPTIONAL": "ENABLED"}
    assert fields["health_exception"] == {"OPTIONAL": None}
    ((name, node),) = fields["node1"]["OPTIONAL"]["STRUCTURE"].items()
    assert name == f"{CLUSTER}.node_info"
    assert [*node["ha_ip"]["STRUCTURE"]] == [f"{CLUSTER}.ip_info"]


def test_arguments_arrive(described: Any) -> None:
    app = application(described)
    partial = {"vc_spec": {"OPTIONAL": None}, "partial": {"OPTIONAL": True}}
    ((_, fields),) = invoke(app, CLUSTER, "get", partial)["output"]["STRUCTURE"].items()
    ((_, node),) = fields["node1"]["OPTIONAL"]["STRUCTURE"].items()
    ((_, runtime),) = node["runtime"]["OPTIONAL"]["STRUCTURE"].items()
    assert runtime["placement"] == {"OPTIONAL": None}


def test_a_task_lives_in_both(described: Any) -> None:
    app = application(described, task_seconds=1e6)
    task = invoke(app, f"{CLUSTER}.mode", "set$task", {"mode": "MAINTENANCE"})["output"]
    headers = {"vmware-api-session-id": app.sessions.create(ADMINISTRATOR)}
    target = Target("POST", f"/api/cis/tasks/{task}", (("action", "cancel"),))
    assert app.serve(target, headers, b"")[0].status == 204
    # The structure that REST spreads over the query: `exclude_result` is a field of it.
    spec = {"return_all": {"OPTIONAL": None}, "exclude_result": {"OPTIONAL": True}}
    asked = {"task": task, "spec": {"OPTIONAL": {"STRUCTURE": {"com.vmware.cis.tasks.get_spec": spec}}}}
    ((name, info),) = invoke(app, "com.vmware.cis.tasks", "get", asked)["output"]["STRUCTURE"].items()
    assert (name, info["status"]) == ("com.vmware.cis.task.info", "FAILED")
    assert [*info["error"]["OPTIONAL"]["ERROR"]] == [f"{STANDARD}canceled"]


@pytest.mark.parametrize(
    ("service", "operation", "fields", "user", "expected"),
    [
        ("com.vmware.cis.tasks", "get", {"task": "x/../y?z"}, ADMINISTRATOR, "not_found"),
        ("com.vmware.cis.tasks", "get", {}, ADMINISTRATOR, "not_found"),
        (CLUSTER, "failover$task", {"planned": True}, READER, "unauthorized"),
        (CLUSTER, "failover$task", {"planned": "yes"}, ADMINISTRATOR, "invalid_argument"),
        (CLUSTER, "failover$task", {}, ADMINISTRATOR, "invalid_argument"),
        (CLUSTER, "failover$task", {"planned": True, "x": 1}, ADMINISTRATOR, "unexpected_input"),
        (f"{CLUSTER}.mode", "set$task", {"mode": "ENABLED"}, ADMINISTRATOR, "already_in_desired_state"),
        (f"{CLUSTER}.mode", "get", {"vmw-task": "true"}, ADMINISTRATOR, "unexpected_input"),
        (CLUSTER, "failover", {"planned": True}, ADMINISTRATOR, "operation_not_found"),
        ("com.vmware.vcenter.nothing", "get", {}, ADMINISTRATOR, "operation_not_found"),
        (CLUSTER, "get", {"partial": {"OPTIONAL": True, "x": 1}}, ADMINISTRATOR, "invalid_argument"),
    ],
)
def test_a_refusal_is_an_error_of_its_name(
    described: Any, service: str, operation: str, fields: Any, user: str, expected: str
) -> None:
    app = application(described)
    name, body = error(invoke(app, service, operation, fields, session(app, user)))
    assert name == expected
    assert body["error_type"] == {"OPTIONAL": expected.upper()}
    ((message, _),) = body["messages"][0]["STRUCTURE"].items()
    assert message == "com.vmware.vapi.std.localizable_message"
    if expected != "operation_not_found":
        assert body["data"] == {"OPTIONAL": None}


def test_an_error_speaks_the_language_of_the_context(described: Any) -> None:
    app = application(described)
    request = invocation("com.vmware.cis.tasks", "get", {"task": "x"}, session(app))
    request["params"]["ctx"]["appCtx"]["accept-language"] = "de"
    _, body = error(post(app, request)[1]["result"])
    assert body["messages"][0]["STRUCTURE"]["com.vmware.vapi.std.localizable_message"]["localized"] == {
        "OPTIONAL": "Es gibt keine Aufgabe x."
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r: b"{", -32700),
        (lambda r: b'{"a": 1, "a": 2}', -32700),
        (lambda r: [r], -32600),
        (lambda r: {**r, "jsonrpc": "1.0"}, -32600),
        (lambda r: {**r, "id": [1]}, -32600),
        (lambda r: {**r, "method": "list"}, -32601),
        (lambda r: {**r, "params": None}, -32602),
        (lambda r: {**r, "params": {**r["params"], "serviceId": 1}}, -32602),
        (lambda r: {**r, "params": {**r["params"], "ctx": 1}}, -32602),
        (lambda r: {**r, "params": {**r["params"], "ctx": {"appCtx": 1}}}, -32602),
        (lambda r: {**r, "params": {**r["params"], "operationId": "list"}}, -31001),
    ],
)
def test_what_is_no_invocation_is_told_so(described: Any, change: Any, code: int) -> None:
    app = application(described)
    request = invocation(CLUSTER, "get", security=session(app))
    status, answer = post(app, change(request), {"vapi-service": CLUSTER, "vapi-operation": "get"})
    assert (status, answer["error"]["code"]) == (200, code)
    assert "result" not in answer
    assert answer["id"] == (None if code in (-32700, -32600) else "7")


def test_an_outage_takes_it_away_and_ends_its_sessions(described: Any) -> None:
    app = application(described)
    security = session(app)
    app.outage.begin(lambda: None)
    app.outage._start()
    assert post(app, invocation(CLUSTER, "get", security=security))[0] == 503
    app.outage._finish()
    assert error(invoke(app, CLUSTER, "get", security=security))[0] == "unauthenticated"


def test_the_session_service_can_be_out_alone(described: Any) -> None:
    app = application(described, session_outage=1e6)
    app.outage.begin(lambda: None)
    app.outage._start()
    app.outage._finish()
    assert error(invoke(app, "com.vmware.cis.session", "get"))[0] == "service_unavailable"
    assert "output" in invoke(app, CLUSTER, "get")


def test_faults_are_its_faults_too(described: Any) -> None:
    app = application(described, faults=("two-active-nodes", "no-privilege-check", "error-not-json"))
    ((_, info),) = invoke(app, CLUSTER, "get")["output"]["STRUCTURE"].items()
    roles = [
        info[node]["OPTIONAL"]["STRUCTURE"][f"{CLUSTER}.node_info"]["runtime"]["OPTIONAL"]["STRUCTURE"][
            f"{CLUSTER}.node_runtime_info"
        ]["role"]
        for node in ("node1", "node2")
    ]
    assert roles == [{"OPTIONAL": "ACTIVE"}] * 2
    assert "output" in invoke(app, f"{CLUSTER}.mode", "set$task", {"mode": "DISABLED"}, session(app, READER))
    # What is no JSON leaves as it is, with the status of REST.
    request = invocation("com.vmware.cis.tasks", "get", {"task": "x"}, session(app))
    reply, _ = app.serve(Target("POST", "/api", ()), {}, json.dumps(request).encode())
    assert (reply.status, reply.json) == (404, False)


def test_the_log_counts_what_the_invocation_came_to(described: Any) -> None:
    app = application(described)
    target = Target("POST", "/api", ())
    request = invocation(f"{CLUSTER}.mode", "set$task", {"mode": "ENABLED"}, session(app))
    reply, name = app.serve(target, {}, json.dumps(request).encode())
    assert (reply.status, reply.outcome, name) == (200, 400, "vcha.cluster.mode.set")
    request = invocation(f"{CLUSTER}.mode", "get", {}, session(app))
    reply, name = app.serve(target, {}, json.dumps(request).encode())
    assert (reply.status, reply.outcome, name) == (200, 200, "vcha.cluster.mode.get")


def test_a_description_without_vapis_names_has_no_endpoint(tmp_path: Any) -> None:
    description = tmp_path / "lamp.yaml"
    description.write_text(
        "openapi: 3.0.3\ninfo: {title: Lamp, version: '1'}\nservers: [{url: /api}]\n"
        "paths:\n  /lamp:\n    get: {operationId: Lamp_get, responses: {'204': {description: ok}}}\n"
    )
    reply, _ = application(read_api(description)).serve(Target("POST", "/api", ()), {}, b"{}")
    assert reply.status == 404


def entry(key: Any, value: Any) -> dict[str, Any]:
    return {"STRUCTURE": {"map-entry": {"key": key, "value": value}}}


def test_a_plain_map_is_written_as_it_is_described() -> None:
    pair = {"type": "object", "properties": {"key": {"type": "integer"}, "value": {"type": "string"}}}
    pairs, objects = {"type": "array", "items": pair}, {"type": "object", "additionalProperties": {"type": "string"}}
    struct = {"type": "object", "properties": {"p": pairs, "o": objects, "l": {"type": "array", "items": pairs}}}
    flatten = Values(Schemas({"openapi": "3.0.3"})).flatten
    given = {"p": {"1": "a", "x": "b"}, "o": {"1": "a"}, "l": [{"2": "c"}, []], "new": {"1": "a"}}
    assert as_described(given, struct, flatten) == {
        "p": [{"key": 1, "value": "a"}, {"key": "x", "value": "b"}],
        "o": {"1": "a"},
        "l": [[{"key": 2, "value": "c"}], []],
        "new": {"1": "a"},
    }
    assert as_described({"p": [], "o": []}, struct, flatten) == {"p": [], "o": {}}


@pytest.mark.parametrize("root", ["/rest", "/api"])
def test_a_map_is_one_whatever_it_is_in_rest(tmp_path: Any, root: str) -> None:
    number, text = {"type": "integer"}, {"type": "string"}

    def mapped(value: Any, key: Any = text) -> dict[str, Any]:
        pair = {"type": "object", "properties": {"key": key, "value": value}}
        return (
            {"type": "array", "items": pair} if root == "/rest" else {"type": "object", "additionalProperties": value}
        )

    labels = {"type": "object", "required": ["labels"], "properties": {"labels": mapped(mapped(number, number))}}
    wrapped = {"type": "object", "properties": {"value": labels}} if root == "/rest" else labels
    body = {"required": True, "content": {"application/json": {"schema": labels}}}
    path = f"{root}/vcenter/things"
    read = {"200": {"description": "ok", "content": {"application/json": {"schema": wrapped}}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "components": {"schemas": {"Vapi.Std.Errors.Error": {"type": "object"}}},
        "paths": {
            path: {
                "get": {"operationId": "Vcenter.Things_get", "responses": read},
                "put": {
                    "operationId": "Vcenter.Things_set",
                    "requestBody": body,
                    "responses": {"204": {"description": "ok"}},
                },
            }
        },
    }
    (tmp_path / "things.json").write_text(json.dumps(document))
    app = application(read_api(tmp_path / "things.json"))
    service = "com.vmware.vcenter.things"
    for sent in ([], [entry("a", [entry(1, 2)]), entry("b", [])]):
        assert invoke(app, service, "set", {"labels": sent}) == {"output": None}
    ((_, fields),) = invoke(app, service, "get")["output"]["STRUCTURE"].items()
    ((_, outer),) = fields["labels"][0]["STRUCTURE"].items()
    ((_, inner),) = outer["value"][0]["STRUCTURE"].items()
    assert (outer["key"], inner["value"]) == ("a", 2)
    assert inner["key"] == (1 if root == "/rest" else "1")
    name, _ = error(invoke(app, service, "set", {"labels": [entry("a", [entry(1, "x")])]}))
    assert name == "invalid_argument"


@pytest.mark.slow
@given(
    body=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["OPTIONAL", "STRUCTURE", "SECRET", "ERROR", "BINARY", "operation-input", "mode", "map-entry"]
                ),
                inner,
                max_size=2,
            )
        ),
        max_leaves=12,
    ),
    service=st.sampled_from([f"{CLUSTER}.mode", CLUSTER, "com.vmware.cis.tasks", "\ud800"]),
    operation=st.sampled_from(["set$task", "get", "cancel", "\udfff"]),
)
@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_input_gets_an_answer_of_the_api(described: Any, body: Any, service: str, operation: str) -> None:
    app = application(described)
    request = invocation(service, operation, security=session(app))
    request["params"]["input"] = body
    status, answer = post(app, request)
    assert status == 200
    assert len(answer["result"].keys() & {"output", "error"}) == 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"OPTIONAL": None}, None),
        ({"OPTIONAL": {"SECRET": "x"}}, "x"),
        ({"BINARY": "eA=="}, "eA=="),
        ([{"OPTIONAL": 1}, {"OPTIONAL": None}], [1, None]),
        ({"STRUCTURE": {"a.b": {"x": {"OPTIONAL": None}, "y": 0.5}}}, {"y": 0.5}),
        ([{"STRUCTURE": {"map-entry": {"key": "k", "value": True}}}], {"k": True}),
        ([], []),
    ],
)
def test_values_are_read(typed: Any, expected: Any) -> None:
    assert plain(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [{}, {"a": 1}, {"SECRET": 1}, {"STRUCTURE": {}}, {"STRUCTURE": {"a": 1}}, {"OPTIONAL": 1, "SECRET": "x"},
     [{"STRUCTURE": {"map-entry": {"value": 1}}}]],
)  # fmt: skip
def test_what_is_no_value_is_refused(typed: Any) -> None:
    with pytest.raises(MalformedValueError):
        plain(typed)


def test_values_are_written() -> None:
    struct = {
        "type": "object",
        "required": ["a", "n", "m", "t"],
        "properties": {
            "a": {"type": "array", "items": {"type": "string", "format": "byte"}},
            "n": {"type": "number", "format": "double"},
            "m": {"type": "object", "additionalProperties": {"type": "integer"}},
            "t": {"type": "object", "additionalProperties": True},
            "o": {"allOf": [{"$ref": "#/components/schemas/Cis.Task.Progress"}], "description": "…"},
        },
    }
    schemas = Schemas(
        {
            "openapi": "3.0.3",
            "components": {
                "schemas": {
                    "Cis.Task.Progress": {"properties": {"p": {"type": "string", "format": "password"}}},
                    "Sum": struct,
                }
            },
        }
    )
    typed = Typed(schemas, Structures(["Cis.Tasks_get"]))
    value = {"a": ["eA=="], "n": 1, "m": {"k": 2}, "t": {"u": [1]}, "o": {"p": "s"}, "new": "x"}
    entry = {"STRUCTURE": {"map-entry": {"key": "k", "value": 2}}}
    ((name, fields),) = typed.value(value, {"$ref": "#/components/schemas/Sum"})["STRUCTURE"].items()
    assert name == "com.vmware.sum"
    assert fields["a"] == [{"BINARY": "eA=="}]
    assert (fields["n"], type(fields["n"])) == (1.0, float)
    assert fields["m"] == [entry]
    assert [*fields["t"]["STRUCTURE"].values()] == [{"u": [1]}]
    assert fields["o"] == {
        "OPTIONAL": {"STRUCTURE": {"com.vmware.cis.task.progress": {"p": {"OPTIONAL": {"SECRET": "s"}}}}}
    }
    assert fields["new"] == {"OPTIONAL": "x"}


@pytest.mark.parametrize(
    ("operation_id", "expected"),
    [
        ("Vcenter.Vcha.Cluster_failover$Task", ("com.vmware.vcenter.vcha.cluster", "failover$task")),
        ("Cis.Session_create", ("com.vmware.cis.session", "create")),
        ("Vcenter.VM_instantClone", ("com.vmware.vcenter.vm", "instantclone")),
        ("Vcenter.VmTemplate.LibraryItems_get", ("com.vmware.vcenter.vmtemplate.libraryitems", "get")),
        ("failover$task", None),
        ("listPets", None),
        ("get__vcenter_vm", None),
    ],
)
def test_an_operation_id_names_a_service(operation_id: str, expected: tuple[str, str] | None) -> None:
    assert service_and_operation(operation_id) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("Vcenter.Vcha.Cluster.NodeRuntimeInfo", "com.vmware.vcenter.vcha.cluster.node_runtime_info"),
        ("Vcha_Cluster_Ipv4Info", "com.vmware.vcenter.vcha.cluster.ipv4_info"),
        ("Std_Errors_NotAllowedInCurrentState", "com.vmware.vapi.std.errors.not_allowed_in_current_state"),
        ("Vapi.Std.DynamicID", "com.vmware.vapi.std.dynamic_ID"),
        ("Vcenter.VM.CreateSpec", "com.vmware.vcenter.VM.create_spec"),
        ("Vcenter.X509CertChain", "com.vmware.vcenter.x509_cert_chain"),
        ("Cis_Task_Info", "com.vmware.cis.task.info"),
    ],
)
def test_a_schema_names_a_structure(schema: str, expected: str) -> None:
    structures = Structures(["Vcenter.Vcha.Cluster_get", "Cis.Tasks_get", "listPets"])
    assert structures.name(schema) == expected
