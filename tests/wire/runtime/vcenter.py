"""A small vCenter for these tests, and the client of it, written by hand as the generator would."""

from __future__ import annotations

import base64
import threading
from typing import Any

from vcsdk.copied.runtime import (
    Answer,
    ApiFacts,
    AsyncResource,
    AsyncTask,
    Body,
    ErrorFacts,
    Model,
    OpenEnum,
    Operation,
    Outcome,
    Parameter,
    Resource,
    SessionFacts,
    Task,
    TaskFacts,
    VapiError,
)
from vcsdk.copied.runtime.errors import AuthenticationError, BadRequestError, ForbiddenError, NotFoundError
from vcsdk.copied.runtime.tasking import AsyncClient, Client

from tests.wire.runtime.server import Reply, Seen

PASSWORD = "s3cr3t-p4ssw0rd"
USER = "administrator@vsphere.local"


class Unauthorized(VapiError, ForbiddenError):
    error_type = "UNAUTHORIZED"
    status = 403


class Unauthenticated(VapiError, AuthenticationError):
    error_type = "UNAUTHENTICATED"
    status = 401


class NotFound(VapiError, NotFoundError):
    error_type = "NOT_FOUND"
    status = 404


class NotAllowedInCurrentState(VapiError, BadRequestError):
    error_type = "NOT_ALLOWED_IN_CURRENT_STATE"
    status = 400


FAMILY = {k.error_type: k for k in (Unauthorized, Unauthenticated, NotFound, NotAllowedInCurrentState)}


class Role(OpenEnum):
    ACTIVE = "ACTIVE"
    PASSIVE = "PASSIVE"


class Runtime(Model):
    role: Role | None = None


class Node(Model):
    ha_ip: str | None = None
    runtime: Runtime | None = None


class ClusterInfo(Model):
    mode: str | None = None
    node1: Node | None = None
    node2: Node | None = None


class Failover(Model):
    planned: bool


CREATE = Operation(
    name="session.create", method="POST", path="/session", answers={"201": Answer(str)}, security="basic"
)
DELETE = Operation(name="session.delete", method="DELETE", path="/session", answers={"204": Answer(None)})
GET_TASK = Operation(
    name="cis.tasks.get",
    method="GET",
    path="/cis/tasks/{task}",
    parameters=(
        Parameter("task", "task", "path", required=True, type=str),
        Parameter("return_all", "return_all", "query", type=bool),
    ),
    answers={"200": Answer(dict[str, Any])},
    safe=True,
)
CANCEL_TASK = Operation(
    name="cis.tasks.cancel",
    method="POST",
    path="/cis/tasks/{task}",
    query=(("action", "cancel"),),
    parameters=(Parameter("task", "task", "path", required=True, type=str),),
    answers={"204": Answer(None)},
)
GET_CLUSTER = Operation(
    name="vcha.cluster.get",
    method="POST",
    path="/vcenter/vcha/cluster",
    query=(("action", "get"),),
    answers={"200": Answer(ClusterInfo)},
    safe=True,
)
FAILOVER = Operation(
    name="vcha.cluster.failover",
    method="POST",
    path="/vcenter/vcha/cluster",
    query=(("action", "failover"), ("vmw-task", "true")),
    body=Body(Failover),
    answers={"202": Answer(str)},
    task=True,
    outcome=Outcome(GET_CLUSTER, ("node1", "node2"), "runtime.role", "ACTIVE"),
)
SET_MODE = Operation(
    name="vcha.mode.set",
    method="PUT",
    path="/vcenter/vcha/cluster/mode",
    query=(("vmw-task", "true"),),
    answers={"202": Answer(str)},
    task=True,
    result=dict[str, int],
)
OPERATIONS = {o.name: o for o in (GET_CLUSTER, FAILOVER, SET_MODE)}
FACTS = ApiFacts(
    prefix="/api",
    session=SessionFacts(create=CREATE, delete=DELETE),
    tasks=TaskFacts(get=GET_TASK, cancel=CANCEL_TASK),
    errors=ErrorFacts(FAMILY),
    find=OPERATIONS.get,
)


class Cluster(Resource):
    def get(self, *, timeout: float | None = None) -> ClusterInfo:
        return self._transport.call(GET_CLUSTER, {}, timeout=timeout)

    def failover(self, *, planned: bool, timeout: float | None = None) -> Task[None]:
        return self._transport.start(FAILOVER, {}, body=Failover(planned=planned), timeout=timeout)

    def set_mode(self) -> Task[dict[str, int]]:
        return self._transport.start(SET_MODE, {})


class AsyncCluster(AsyncResource):
    async def get(self, *, timeout: float | None = None) -> ClusterInfo:
        return await self._transport.call(GET_CLUSTER, {}, timeout=timeout)

    async def failover(self, *, planned: bool, timeout: float | None = None) -> AsyncTask[None]:
        return await self._transport.start(FAILOVER, {}, body=Failover(planned=planned), timeout=timeout)


class VCenter(Client):
    @classmethod
    def _describe(cls) -> ApiFacts:
        return FACTS

    @property
    def cluster(self) -> Cluster:
        return Cluster(self._transport)


class AsyncVCenter(AsyncClient):
    @classmethod
    def _describe(cls) -> ApiFacts:
        return FACTS

    @property
    def cluster(self) -> AsyncCluster:
        return AsyncCluster(self._transport)


def error(error_type: str | None, text: str = "No.", **extra: Any) -> dict[str, Any]:
    return {
        "messages": [{"id": "x", "default_message": text, "args": []}],
        **({} if error_type is None else {"error_type": error_type}),
        **extra,
    }


class Simulated:
    """State of the small vCenter.  `on` maps a request line (without prefix) to what answers instead."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.sessions: set[str] = set()
        self.logins = 0
        self.active = "node1"
        self.tasks: dict[str, dict[str, Any]] = {}
        self.on: dict[str, Any] = {}
        self.envelope = False

    def __call__(self, seen: Seen) -> Reply:
        line = seen.line.replace("/api", "", 1)
        planned = self.on.get(line)
        if planned is not None:
            reply = planned(seen) if callable(planned) else planned.pop(0) if planned else None
            if reply is not None:
                return reply
        if line == "POST /session":
            return self._log_in(seen)
        token = seen.headers.get("vmware-api-session-id")
        if token not in self.sessions:
            return Reply(401, error("UNAUTHENTICATED", "Authentication required."))
        return self._answer(line, token)

    def _log_in(self, seen: Seen) -> Reply:
        expected = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if seen.headers.get("authorization") != f"Basic {expected}":
            return Reply(401, error("UNAUTHENTICATED", "Invalid credentials."))
        with self.lock:
            self.logins += 1
            token = f"t0ken-{self.logins}-0123456789"
            self.sessions.add(token)
        return Reply(201, token, headers={"Set-Cookie": f"vmware-api-session-id={token};Path=/api"})

    def _answer(self, line: str, token: str) -> Reply:
        if line == "DELETE /session":
            self.sessions.discard(token)
            return Reply(204)
        if line.startswith("GET /cis/tasks/"):
            info = self.tasks.get(line.rsplit("/", 1)[1])
            return Reply(404, error("NOT_FOUND", "No such task.")) if info is None else Reply(200, self._wrap(info))
        if line == "POST /vcenter/vcha/cluster?action=get":
            nodes = {n: {"runtime": {"role": "ACTIVE" if n == self.active else "PASSIVE"}} for n in ("node1", "node2")}
            return Reply(200, self._wrap({"mode": "ENABLED", **nodes}))
        if line == "POST /vcenter/vcha/cluster?action=failover&vmw-task=true":
            self.tasks["task-1"] = task("RUNNING")
            return Reply(202, "task-1")
        if line == "PUT /vcenter/vcha/cluster/mode?vmw-task=true":
            self.tasks["task-2"] = task("SUCCEEDED", result=[{"key": "a", "value": 1}])
            return Reply(202, "task-2")
        return Reply(404, error("OPERATION_NOT_FOUND"))

    def _wrap(self, value: Any) -> Any:
        return {"value": value} if self.envelope else value


def task(status: str, **extra: Any) -> dict[str, Any]:
    text = {"id": "d", "default_message": "Failover", "args": []}
    return {"description": text, "service": "s", "operation": "o", "status": status, "cancelable": False, **extra}
