"""The operations that have state: sessions, tasks, VCHA; and which operation of a description is which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vcsdk.ir import Operation, Role
from vcsdk.ir.vapi import action_of
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.messages import Message
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.sessions import Sessions
from vcsdk.simulator.tasks import Task, Tasks
from vcsdk.simulator.vcha import PRIVILEGE, READ_PRIVILEGE, Cluster

# Descriptions without `servers` write the root of the API into their paths (vCenter 7.0.3).
_ROOT = re.compile(r"^/(?:rest|api)(?=/)")
# Operations by method, path below the root of the API and `action`.
_OPERATIONS = {
    ("POST", "/vcenter/vcha/cluster", "get"): "vcha.get",
    ("POST", "/vcenter/vcha/cluster", "failover"): "vcha.failover",
    ("GET", "/vcenter/vcha/cluster/mode", ""): "vcha.mode.get",
    ("PUT", "/vcenter/vcha/cluster/mode", ""): "vcha.mode.set",
    ("GET", "/vcenter/vcha/operations", ""): "vcha.operations",
    ("GET", "/appliance/system/version", ""): "version.get",
}
_VERSION = {
    "version": "8.0.3.00000",
    "product": "VMware vCenter Server",
    "type": "vCenter Server with an embedded Platform Services Controller",
    "summary": "",
    "releasedate": "",
    "install_time": "2024-06-25T07:12:40.000Z",
    "name": "vCenter Server 8.0 Update 3",
}
_ROLES = {
    Role.SESSION_CREATE: "session.create",
    Role.SESSION_GET: "session.get",
    Role.SESSION_DELETE: "session.delete",
    Role.TASK_GET: "task.get",
    Role.TASK_CANCEL: "task.cancel",
}


def behaviours(profile: str, operations: Iterable[Operation]) -> dict[str, str]:
    """The behaviour of each operation by its key; "" for those that are answered from the description alone."""
    return {operation.key: _behaviour(operation) if profile == "vapi" else "" for operation in operations}


def _behaviour(operation: Operation) -> str:
    if operation.role is not None:
        return _ROLES[operation.role]
    action = action_of(operation.fixed_query) or ""
    for (method, path, wanted), name in _OPERATIONS.items():
        if operation.method == method and _ROOT.sub("", operation.path) == path and action == wanted:
            return name
    return "task.start" if operation.task else ""


def privilege_needed(call: Call) -> str | None:
    """The privilege a call needs, or None: one to change the cluster or to read it whole, another to read the rest."""
    operation = call.operation
    if operation is None or not call.behaviour or "/vcenter/vcha/" not in operation.path:
        return None
    # What is left out of a partial answer is what must be asked of the managing vCenter.
    reads = call.body_field("partial") is True if call.behaviour == "vcha.get" else operation.method == "GET"
    return READ_PRIVILEGE if reads else PRIVILEGE


@dataclass(slots=True)
class State:
    """Everything that lives longer than a request."""

    options: SimulatorOptions
    sessions: Sessions
    tasks: Tasks
    cluster: Cluster


class Behaviours:
    """Does what an operation does, and answers."""

    def __init__(self, state: State, answers: Answers) -> None:
        self._state = state
        self._answers = answers
        self._by_name: dict[str, Callable[[Call, Operation], Reply]] = {
            "session.create": self._create_session,
            "session.get": self._get_session,
            "session.delete": self._delete_session,
            "task.get": self._get_task,
            "task.cancel": self._cancel_task,
            "task.start": self._start_task,
            "vcha.get": self._get_cluster,
            "vcha.failover": self._fail_over,
            "vcha.mode.get": self._get_mode,
            "vcha.mode.set": self._set_mode,
            "vcha.operations": self._get_operations,
            "version.get": self._get_version,
        }

    def perform(self, call: Call) -> Reply:
        """The answer to a valid, authorised call.

        Raises:
            Refusal: The state does not allow it, or what it names does not exist.
        """
        assert call.operation is not None  # noqa: S101 - routed before
        if call.behaviour:
            return self._by_name[call.behaviour](call, call.operation)
        return self._answers.success(call.operation)

    def _create_session(self, call: Call, operation: Operation) -> Reply:
        return self._answers.success(operation, self._state.sessions.create(_user(call)))

    def _get_session(self, call: Call, operation: Operation) -> Reply:
        session = self._state.sessions.get(_token(call))
        if session is None:
            raise Refusal("UNAUTHENTICATED", Message("api.session"), challenge="Basic")
        return self._answers.success(operation, session.as_dict())

    def _delete_session(self, call: Call, operation: Operation) -> Reply:
        self._state.sessions.delete(_token(call))
        return self._answers.success(operation, {})

    def _get_task(self, call: Call, operation: Operation) -> Reply:
        task = self._state.tasks.get(_task_id(call))
        self._check_task_privilege(call, task)
        exclude = call.parameters.get("exclude_result") is True
        return self._answers.success(operation, self._state.tasks.info(task, call.language, exclude_result=exclude))

    def _cancel_task(self, call: Call, operation: Operation) -> Reply:
        self._check_task_privilege(call, self._state.tasks.get(_task_id(call)))
        self._state.tasks.cancel(_task_id(call))
        return self._answers.success(operation, {})

    def _check_task_privilege(self, call: Call, task: Task) -> None:
        # Whoever may do nothing may see the tasks that are their own.
        if call.caller is not None and READ_PRIVILEGE not in call.caller.privileges and task.user != call.caller.user:
            raise Refusal("UNAUTHORIZED", Message("api.privilege", (READ_PRIVILEGE,)))

    def _start_task(self, call: Call, operation: Operation) -> Reply:
        words = [word for word in _ROOT.sub("", operation.path).split("/") if word and "{" not in word]
        name = action_of(operation.fixed_query) or operation.method.lower()
        carried_out = call.carried_out

        def end(task: Task) -> None:
            try:
                task.result = carried_out() if carried_out is not None else ...
            except Refusal as refusal:
                task.error = refusal

        task = self._state.tasks.start(
            service="com.vmware." + ".".join(words),
            operation=name,
            user=_user(call),
            description=Message("task.description", (f"{'.'.join(words)}.{name}",)),
            duration=self._state.options.task_seconds,
            cancelable=True,
            on_end=end,
        )
        return self._answers.success(operation, task.id)

    def _get_cluster(self, call: Call, operation: Operation) -> Reply:
        info = self._state.cluster.info(partial=call.body_field("partial") is True, language=call.language)
        return self._answers.success(operation, info)

    def _fail_over(self, call: Call, operation: Operation) -> Reply:
        task = self._state.cluster.start_failover(_user(call), planned=call.body_field("planned") is True)
        return self._answers.success(operation, task.id)

    def _get_mode(self, call: Call, operation: Operation) -> Reply:  # noqa: ARG002 - all have the same shape
        return self._answers.success(operation, {"mode": self._state.cluster.mode})

    def _set_mode(self, call: Call, operation: Operation) -> Reply:
        task = self._state.cluster.start_mode_change(_user(call), str(call.body_field("mode")))
        return self._answers.success(operation, task.id)

    def _get_operations(self, call: Call, operation: Operation) -> Reply:  # noqa: ARG002 - all have the same shape
        return self._answers.success(operation, self._state.cluster.operations())

    def _get_version(self, call: Call, operation: Operation) -> Reply:  # noqa: ARG002 - all have the same shape
        return self._answers.success(operation, {**_VERSION, "build": self._state.options.build})


def _user(call: Call) -> str:
    return call.caller.user if call.caller is not None else "anonymous"


def _token(call: Call) -> str:
    return (call.caller.token if call.caller is not None else None) or ""


def _task_id(call: Call) -> str:
    # VMware calls the parameter `task`; a description may call it otherwise, but a task has one path parameter.
    name = "task" if "task" in call.parameters else next(iter(call.path_values), "")
    return str(call.parameters.get(name, ""))
