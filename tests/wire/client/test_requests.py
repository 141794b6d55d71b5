"""Every operation of the curated fragment, called for real: what the server gets, byte for byte."""

from __future__ import annotations

import asyncio
import base64
import importlib
from dataclasses import dataclass, field
from typing import Any

import pytest
from vcsdk.emitters.client.resources import Tree
from vcsdk.ir import Role, Safety

from tests.wire.client.recording import TOKEN, Recorder

TASK = "5299ddb8-3cd4:com.vmware.vcenter.vcha.cluster"
MESSAGE = {"id": "m", "default_message": "Moving.", "args": []}
INFO = {"description": MESSAGE, "service": "s", "operation": "o", "status": "RUNNING", "cancelable": False}
SESSION = {"user": "u", "created_time": "2024-06-25T08:00:00Z", "last_accessed_time": "2024-06-25T08:05:12Z"}


@dataclass(frozen=True)
class Case:
    """A call, the answer to give, and the request it must make."""

    path: str
    request: str
    status: int
    answer: Any = None
    arguments: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""


CASES = [
    Case("session.get", "GET /api/session", 200, SESSION),
    Case("session.create", "POST /api/session", 201, TOKEN),
    Case("session.delete", "DELETE /api/session", 204),
    Case("tasks.get", "GET /api/cis/tasks/5299ddb8-3cd4%3Acom.vmware.vcenter.vcha.cluster", 200, INFO, {"task": TASK}),
    Case(
        "tasks.get",
        "GET /api/cis/tasks/a%2Fb%3Fc?return_all=true&exclude_result=false",
        200,
        INFO,
        {"task": "a/b?c", "return_all": True, "exclude_result": False},
    ),
    Case("tasks.cancel", "POST /api/cis/tasks/t-1?action=cancel", 204, None, {"task": "t-1"}),
    Case("vcha.cluster.get", "POST /api/vcenter/vcha/cluster?action=get", 200, {}),
    Case(
        "vcha.cluster.get", "POST /api/vcenter/vcha/cluster?action=get", 200, {}, {"partial": True}, b'{"partial":true}'
    ),
    Case(
        "vcha.cluster.failover",
        "POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true",
        202,
        TASK,
        {"planned": True},
        b'{"planned":true}',
    ),
    Case("vcha.cluster.mode.get", "GET /api/vcenter/vcha/cluster/mode", 200, {"mode": "ENABLED"}),
    Case(
        "vcha.cluster.mode.set",
        "PUT /api/vcenter/vcha/cluster/mode?vmw-task=true",
        202,
        TASK,
        {"mode": "MAINTENANCE"},
        b'{"mode":"MAINTENANCE"}',
    ),
    Case("vcha.operations.get", "GET /api/vcenter/vcha/operations", 200, {"disabled": [], "active": []}),
    Case(
        "appliance.system.version.get",
        "GET /api/appliance/system/version",
        200,
        {
            "version": "8.0.3.00000",
            "product": "VMware vCenter Server",
            "build": "24022515",
            "type": "vCenter Server with an embedded Platform Services Controller",
            "summary": "",
            "releasedate": "",
            "install_time": "2024-06-25T07:12:40.000Z",
        },
    ),
]
ids = [f"{index}-{case.path}" for index, case in enumerate(CASES)]


def method(client: Any, path: str) -> Any:
    found = client
    for name in path.split("."):
        found = getattr(found, name)
    return found


def prepare(server: Recorder, case: Case) -> None:
    server.answers["POST /api/vcenter/vcha/cluster?action=get"] = (200, {})
    server.answers[case.request] = (case.status, case.answer)


def check(server: Recorder, case: Case) -> None:
    verb, target = case.request.split(" ")
    # A failover reads the cluster first, so that its outcome can be told later.
    sent = next(r for r in server.requests if (r.method, r.target) == (verb, target))
    assert sent.body == case.body
    assert ("content-type" in sent.headers) is bool(case.body)
    if case.path == "session.create":
        assert base64.b64decode(sent.headers["authorization"].removeprefix("Basic ")) == b"user:secret"
    else:
        assert sent.headers["vmware-api-session-id"] == TOKEN
    assert sum((r.method, r.target) == (verb, target) for r in server.requests) == 1


def test_every_operation_has_a_case(described) -> None:
    assert {case.path for case in CASES} == {operation.python_path for operation in described.api.operations}


def test_constants_say_what_the_description_says(described, package) -> None:
    tree = Tree.of(described.api)
    for operation in described.api.operations:
        module = importlib.import_module(f"vcenter_vcha.{described.api.resources[operation.resource].module}")
        constant = getattr(module, tree.constants[operation.key])
        assert constant.name == operation.python_path
        assert constant.request_line == operation.request_line
        assert constant.safe is (operation.safety is Safety.READ)
        assert constant.task is operation.task
        assert list(constant.answers) == [response.status for response in operation.responses]
        assert constant.security == ("basic" if operation.role is Role.SESSION_CREATE else "session")
        assert (constant.outcome is None) is (operation.outcome is None)
    failover = importlib.import_module("vcenter_vcha.resources.vcha_cluster")._FAILOVER
    assert failover.outcome.operation.name == "vcha.cluster.get"
    assert (failover.outcome.properties, failover.outcome.path) == (("node1", "node2"), "runtime.role")
    assert failover.safe is False


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_sync(case: Case, package, server: Recorder) -> None:
    prepare(server, case)
    with package.VCenter(server.origin, username="user", password="secret") as client:
        answer = method(client, case.path)(**case.arguments)
        if case.status == 202:
            assert isinstance(answer, package.Task)
            assert answer.id == TASK
        check(server, case)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_async(case: Case, package, server: Recorder) -> None:
    async def run() -> Any:
        async with package.AsyncVCenter(server.origin, username="user", password="secret") as client:
            answer = await method(client, case.path)(**case.arguments)
            check(server, case)
            return answer

    prepare(server, case)
    answer = asyncio.run(run())
    if case.status == 202:
        assert isinstance(answer, package.AsyncTask)


@pytest.mark.parametrize("planned", ["yes", 1, None, [], {"planned": True}], ids=repr)
def test_a_wrong_argument_sends_nothing(planned: object, package, server: Recorder) -> None:
    with (
        package.VCenter(server.origin, username="user", password="secret") as client,
        pytest.raises(package.ArgumentError, match="planned"),
    ):
        client.vcha.cluster.failover(planned=planned)
    assert server.requests == []


def test_arguments_are_keywords_and_planned_has_no_default(package, server: Recorder) -> None:
    with package.VCenter(server.origin, username="user", password="secret") as client:
        with pytest.raises(TypeError):
            client.vcha.cluster.failover()
        with pytest.raises(TypeError):
            client.vcha.cluster.failover(True)
    assert server.requests == []
