"""Fault `unknown-task-ok`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


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
