"""Faults of tasks and of what they report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.faults.reshape import task_in, with_task
from vcsdk.simulator.messages import Message


@fault("cancel-accepts-anything", breaks="cancelling a task that is not cancelable is accepted")
class CancelAcceptsAnything(Fault):
    """The wish is noted and forgotten."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        try:
            return proceed()
        except Refusal as refusal:
            if call.behaviour == "task.cancel" and refusal.status == 400:
                return Reply(204)
            raise


@fault("cancel-unknown-ok", breaks="cancelling an unknown task is accepted")
class CancelUnknownOk(Fault):
    """Nobody looks whether the task exists."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        try:
            return proceed()
        except Refusal as refusal:
            if call.behaviour == "task.cancel" and refusal.error_type == "NOT_FOUND":
                return Reply(204)
            raise


@fault("end-before-start", breaks="a task ended before it started")
class EndBeforeStart(Fault):
    """The end is a year too early."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if "end_time" in info:
            info["end_time"] = "2001" + info["end_time"][4:]


@fault("end-time-moves", breaks="end_time is the time of the request")
class EndTimeMoves(Fault):
    """A finished task ends again with every reading."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if "end_time" in info:
            self._readings += 1
            info["end_time"] = f"2099-01-01T00:{self._readings // 60 % 60:02}:{self._readings % 60:02}.000Z"


@fault("error-while-succeeded", breaks="a task that SUCCEEDED has an error")
class ErrorWhileSucceeded(Fault):
    """A warning is sent as an error."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if info["status"] == "SUCCEEDED":
            info["error"] = {"messages": [info["description"]], "error_type": "ERROR"}


@fault("errors-answer-200", breaks="an unknown task is answered 200 with an error in the body")
class ErrorsAnswer200(Fault):
    """The status does not say what the body says."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour not in ("task.get", "task.cancel") or reply.status != 404:
            return reply
        return replace(reply, status=200)


@fault("failed-without-error", breaks="a task that FAILED has no error")
class FailedWithoutError(Fault):
    """Nobody learns why."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if info["status"] == "FAILED":
            info.pop("error", None)


@fault("progress-goes-back", breaks="progress goes back")
class ProgressGoesBack(Fault):
    """Each reading of a running task is lower than the one before."""

    def __init__(self) -> None:
        self._left = 99

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict) and info["status"] != "SUCCEEDED":
            progress["completed"] = self._left
            self._left = (self._left - 1) % 100


@fault("progress-over-total", breaks="progress is more than the total")
class ProgressOverTotal(Fault):
    """A running task is at 130 of 100."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict):
            progress["completed"] = progress["total"] + 30


@fault("succeeded-half-way", breaks="a task that SUCCEEDED is at 50 of 100")
class SucceededHalfWay(Fault):
    """The last step of the progress is not told."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict) and info["status"] == "SUCCEEDED":
            progress["completed"] = 50


@fault("task-id-unknown", breaks="set mode answers an identifier that is no task")
class TaskIdUnknown(Fault):
    """The identifier is cut short."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.mode.set" or reply.status != 202:
            return reply
        return replace(reply, body=str(reply.body).partition(":")[0][:-4])


@fault("task-never-ends", breaks="a task is RUNNING for ever")
class TaskNeverEnds(Fault):
    """What a task does is done, and its record never says so."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._go_on)

    def _go_on(self, info: dict[str, Any]) -> None:
        if info["status"] in ("SUCCEEDED", "FAILED"):
            info["status"] = "RUNNING"
            for member in ("end_time", "error", "result"):
                info.pop(member, None)


@fault("task-operation-wrong", breaks="a task names another operation")
class TaskOperationWrong(Fault):
    """Every task of the cluster is a deployment."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        info["operation"] = "deploy"


@fault("task-record-lost", breaks="the record of a task is gone once it has finished")
class TaskRecordLost(Fault):
    """A finished task is not found."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour == "task.get" and (info := task_in(reply)) and info["status"] in ("SUCCEEDED", "FAILED"):
            raise Refusal("NOT_FOUND", Message("task.not-found", (str(call.parameters["task"]),)))
        return reply


@fault("task-runs-again", breaks="a task goes from SUCCEEDED back to RUNNING")
class TaskRunsAgain(Fault):
    """Every second look at a finished task shows it running."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def answer(self, call: Call, reply: Reply) -> Reply:
        info = task_in(reply) if call.behaviour == "task.get" and reply.status == 200 else None
        if info is None or info["status"] != "SUCCEEDED":
            return reply
        task = str(call.parameters.get("task", ""))
        self._seen[task] += 1
        return with_task(call, reply, self._run_again) if self._seen[task] % 2 == 0 else reply

    def _run_again(self, info: dict[str, Any]) -> None:
        info["status"] = "RUNNING"
        info.pop("end_time", None)


@fault("task-status-unknown", breaks="a running task has a status outside the enumeration")
class TaskStatusUnknown(Fault):
    """PENDING and RUNNING are called IN_PROGRESS."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._rename)

    def _rename(self, info: dict[str, Any]) -> None:
        if info["status"] in ("PENDING", "RUNNING"):
            info["status"] = "IN_PROGRESS"


@fault("task-user-wrong", breaks="a task names another user")
class TaskUserWrong(Fault):
    """The service account stands where the caller should."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        info["user"] = "service-account@vsphere.local"


@fault("task-without-end-time", breaks="a finished task has no end_time")
class TaskWithoutEndTime(Fault):
    """`end_time` is left out."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, lambda info: info.pop("end_time", None))


@fault("unknown-task-ok", breaks="an unknown task id answers 200")
class UnknownTaskOk(Fault):
    """A task that never was is reported as SUCCEEDED."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        try:
            return proceed()
        except Refusal:
            if call.behaviour != "task.get":
                raise
        task = Message("task.description", ("vcenter.vcha.cluster.failover",)).as_dict(call.language)
        info = {
            "description": task,
            "service": "com.vmware.vcenter.vcha.cluster",
            "operation": "failover",
            "status": "SUCCEEDED",
            "cancelable": False,
        }
        return Reply(200, info, "application/json")
