from __future__ import annotations

from typing import Any

import pytest
from vcsdk.ir import In, Operation, Role, Safety

from .conftest import Builds


def operation(api_of: Builds, path: str, method: str, node: dict[str, Any] | None = None, **more: Any) -> Operation:
    node = {"operationId": "op", "responses": {"200": {"description": ""}}, **(node or {})}
    return api_of({"paths": {path: {method: node}}, **more}).operations[0]


def test_the_query_of_a_path_key_is_constant(api_of: Builds) -> None:
    found = operation(api_of, "/cluster?action=failover&vmw-task=true", "post", profile="vapi")
    assert found.path == "/cluster"
    assert found.fixed_query == (("action", "failover"), ("vmw-task", "true"))
    assert found.parameters == ()
    assert found.request_line == "POST /cluster?action=failover&vmw-task=true"


@pytest.mark.parametrize(
    ("said", "fixed"),
    [
        ({"schema": {"type": "string", "enum": ["get"]}}, (("action", "get"),)),
        ({"schema": {"type": "boolean", "enum": [True]}}, (("action", "true"),)),
        ({"schema": {"type": "string", "enum": ["get", "put"]}}, ()),
        ({"schema": {"type": "string", "enum": ["get"]}, "required": False}, ()),
        ({"schema": {"type": "string"}}, ()),
        ({"content": {"application/json": {"schema": {"enum": ["get"]}}}}, (("action", '"get"'),)),
        ({"content": {"application/json": {"schema": {"const": {"a": [1, None]}}}}}, (("action", '{"a":[1,null]}'),)),
        ({"content": {"text/plain": {"schema": {"enum": ["get"]}}}}, (("action", "get"),)),
        ({"content": {"application/json": {"schema": {"enum": ["get", "put"]}}}}, ()),
        ({"content": {"application/json": {}}}, ()),
    ],
)
def test_a_required_parameter_without_a_choice_is_constant_too(
    api_of: Builds, said: dict[str, Any], fixed: tuple[tuple[str, str], ...]
) -> None:
    parameter = {"name": "action", "in": "query", "required": True, **said}
    found = operation(api_of, "/a", "get", {"parameters": [parameter]})
    assert found.fixed_query == fixed
    assert len(found.parameters) == 1 - len(fixed)


@pytest.mark.parametrize(
    ("values", "headers"), [(["a"], (("X-Kind", "a"),)), (["a", "b"], ()), ([7], (("X-Kind", "7"),))]
)
def test_a_header_of_a_part_is_sent_where_it_has_one_value(
    api_of: Builds, values: list[Any], headers: tuple[tuple[str, str], ...]
) -> None:
    encoding = {"file": {"headers": {"X-Kind": {"schema": {"enum": values}}}}}
    schema = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    body = {"content": {"multipart/form-data": {"schema": schema, "encoding": encoding}}}
    found = operation(api_of, "/a", "post", {"requestBody": body})
    assert found.body is not None
    assert tuple(header for part in found.body.content[0].encoding for header in part.headers) == headers


def test_an_operation_overrides_its_path_items_parameter(api_of: Builds) -> None:
    shared = {"name": "n", "in": "query", "schema": {"type": "string"}}
    own = {**shared, "required": True}
    item = {"parameters": [shared], "get": {"parameters": [own], "responses": {"200": {"description": ""}}}}
    parameters = api_of({"paths": {"/a": item}}).operations[0].parameters
    assert [(p.wire_name, p.location, p.required) for p in parameters] == [("n", In.QUERY, True)]


@pytest.mark.parametrize(
    ("profile", "said", "properties", "expected"),
    [
        ("vapi", {}, ["a"], True),
        ("vapi", {"required": True}, [], True),
        ("vapi", {"required": False}, ["a"], False),
        ("vapi", {}, [], False),
        ("plain", {}, ["a"], False),
        ("plain", {"required": False}, ["a"], False),
    ],
)
def test_a_body_is_required_by_what_is_said_and_under_vapi_by_its_properties(
    api_of: Builds, profile: str, said: dict[str, bool], properties: list[str], expected: bool
) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": properties}
    body = {**said, "content": {"application/json": {"schema": schema}}}
    components = {"schemas": {"Std_Errors_Error": {"type": "object"}} if profile == "vapi" else {}}
    found = operation(api_of, "/a", "post", {"requestBody": body}, components=components)
    assert found.body is not None
    assert found.body.required is expected


@pytest.mark.parametrize("written", ["application/json ", " application/json", "application/json\n"])
def test_a_content_type_has_no_blanks_at_its_ends(api_of: Builds, written: str) -> None:
    """As npr.org's description writes it; every request that asks for it would have an Accept that HTTP forbids."""
    content = {written: {"schema": {"type": "string"}}, "application/pdf ": {"schema": {"type": "object"}}}
    node = {"requestBody": {"content": content}, "responses": {"200": {"description": "", "content": content}}}
    found = operation(api_of, "/a", "post", node)
    assert found.body is not None
    for media in (found.body.content, found.responses[0].content):
        assert [m.content_type for m in media] == ["application/json", "application/pdf"]


def test_json_comes_first_among_content_types(api_of: Builds) -> None:
    content: dict[str, Any] = {"application/xml": {"schema": {"type": "string"}}, "application/json": {"schema": {}}}
    found = operation(api_of, "/a", "post", {"requestBody": {"content": content}})
    assert found.body is not None
    assert [m.content_type for m in found.body.content] == ["application/json", "application/xml"]


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("/session", "post", Role.SESSION_CREATE),
        ("/rest/com/vmware/cis/session?~action=get", "post", Role.SESSION_GET),
        ("/session", "delete", Role.SESSION_DELETE),
        ("/cis/tasks/{task}", "get", Role.TASK_GET),
        ("/cis/tasks/{task}?action=cancel", "post", Role.TASK_CANCEL),
        ("/cis/tasks", "get", None),
    ],
)
def test_the_profile_finds_roles(api_of: Builds, path: str, method: str, expected: Role | None) -> None:
    parameters = [{"name": "task", "in": "path", "required": True, "schema": {"type": "string"}}]
    node = {"operationId": "op", "parameters": parameters if "{task}" in path else [], "responses": {}}
    api = api_of({"paths": {path: {method: node}}}, profile="vapi")
    assert api.operations[0].role is expected


@pytest.mark.parametrize(
    ("path", "method", "operation_id", "expected"),
    [
        ("/a", "get", "list", Safety.READ),
        ("/a?action=get", "post", "get", Safety.READ),
        ("/a?action=failover", "post", "failover", Safety.DESTRUCTIVE),
        ("/a?~action=revoke-propagating-permissions", "post", "x", Safety.DESTRUCTIVE),
        ("/a", "post", "Vcenter.Vcha.Cluster_undeploy$Task", Safety.DESTRUCTIVE),
        ("/a", "post", "validateSddcSpec", Safety.READ),
        ("/a", "put", "set", Safety.WRITE),
        ("/vm/power/stop", "post", "do", Safety.DESTRUCTIVE),
        ("/a", "post", "remove_from_used_by", Safety.DESTRUCTIVE),
        ("/a", "post", "add_to_used_by", Safety.WRITE),
        ("/a", "post", "deleteVcenters", Safety.DESTRUCTIVE),
        ("/a", "delete", "remove", Safety.DESTRUCTIVE),
        ("/a/check-outs?action=check-out", "post", "A.CheckOuts_checkOut", Safety.WRITE),
        ("/shutdown?action=cancel", "post", "Appliance.Shutdown_cancel", Safety.WRITE),
        ("/restore?action=validate", "post", "Restore_validate", Safety.READ),
        ("/a?action=query", "post", "A.B_list", Safety.READ),
        ("/a?action=query", "post", "A.B_create", Safety.WRITE),
        ("/restore/jobs", "post", "Restore.Jobs_create", Safety.DESTRUCTIVE),
        ("/backup/jobs", "post", "Backup.Jobs_create", Safety.WRITE),
        ("/failover?action=start", "post", "start", Safety.DESTRUCTIVE),
        ("/vm/power/start", "post", "start", Safety.WRITE),
        ("/v1/{name}:undelete", "post", "things.undelete", Safety.WRITE),
        ("/v1/{name}:stop", "post", "things.control", Safety.DESTRUCTIVE),
        ("/v1/things:batchGet", "post", "things.batchGet", Safety.READ),
        ("/applications/{id}/token", "post", "apps/reset-token", Safety.DESTRUCTIVE),
        ("/applications/{id}/token", "post", "apps/check-token", Safety.READ),
    ],
)
def test_safety_follows_method_and_verb(
    api_of: Builds, path: str, method: str, operation_id: str, expected: Safety
) -> None:
    names = ("id", "name")
    held = [n for n in names if f"{{{n}}}" in path]
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in held]
    found = operation(api_of, path, method, {"operationId": operation_id, "parameters": parameters})
    assert found.safety is expected
    assert found.safety_reason


@pytest.mark.parametrize("action", ["apply", "change", "export", "install", "test", "upgrade"])
def test_verbs_of_vcenter_are_not_those_of_others(api_of: Builds, action: str) -> None:
    node = {"operationId": f"A.B_{action}", "responses": {"200": {"description": ""}}}
    paths = {f"/a?action={action}": {"post": node}}
    ours, theirs = (api_of({"paths": paths}, profile=profile).operations[0].safety for profile in ("vapi", "plain"))
    assert ours is (Safety.READ if action in ("export", "test") else Safety.DESTRUCTIVE)
    assert theirs is Safety.WRITE


def test_the_prefix_is_the_path_of_the_first_server(api_of: Builds) -> None:
    servers = [{"url": "https://{host}/api/", "variables": {"host": {"default": "vc"}}}]
    assert api_of({"servers": servers}).prefix == "/api"
    assert not api_of({}).prefix


@pytest.mark.parametrize(("profile", "expected"), [("vapi", []), ("plain", ["VMware-API-Session-Id"])])
def test_the_header_of_a_session_is_the_clients_affair(api_of: Builds, profile: str, expected: list[str]) -> None:
    header = {"name": "VMware-API-Session-Id", "in": "header", "schema": {"type": "string"}}
    node = {"operationId": "op", "parameters": [header], "responses": {"200": {"description": ""}}}
    found = api_of({"paths": {"/a": {"get": node}}}, profile=profile).operations[0]
    assert [p.wire_name for p in found.parameters] == expected


def test_safety_is_inferred_from_the_id_before_repairs(api_of: Builds) -> None:
    """A repair puts the tag in front of a repeated operationId, and the verb behind it."""
    answers = {"200": {"description": ""}}
    stop = {"operationId": "stop", "tags": ["vm.power"], "responses": answers}
    paths = {"/host": {"post": {**stop, "tags": ["host"]}}, "/vm": {"post": stop}}
    found = api_of({"paths": paths}).operations
    assert len({o.operation_id for o in found}) == 2
    assert [o.safety for o in found] == [Safety.DESTRUCTIVE, Safety.DESTRUCTIVE]
