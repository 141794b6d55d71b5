"""Sessions and tasks of a vCenter, for descriptions that use them without describing them.

VMware describes the session in `cis.json` and the operations it protects in other files.  Paths: vSphere Automation API
reference, "CIS", since 7.0 Update 2.
"""

from __future__ import annotations

from typing import Any

from ..facts import SessionFacts, TaskFacts
from ..operation import Answer, Operation, Parameter


def session_facts(base: str) -> SessionFacts:
    """The session operations; `base` is "/api", or "" where every path starts with it anyway."""
    path = f"{base}/session"
    return SessionFacts(
        create=Operation(
            name="session.create",
            method="POST",
            path=path,
            answers={"201": Answer(str)},
            security="basic",
            safe=True,
        ),
        get=Operation(name="session.get", method="GET", path=path, answers={"200": Answer(Any)}, safe=True),
        delete=Operation(name="session.delete", method="DELETE", path=path, answers={"204": Answer()}),
    )


def task_facts(base: str) -> TaskFacts:
    """The task operations; `base` is "/api", or "" where every path starts with it anyway."""
    path = f"{base}/cis/tasks/{{task}}"
    task = (Parameter("task", "task", "path", required=True, type=str),)
    return TaskFacts(
        get=Operation(
            name="tasks.get",
            method="GET",
            path=path,
            parameters=task,
            answers={"200": Answer(Any)},
            safe=True,
        ),
        cancel=Operation(
            name="tasks.cancel",
            method="POST",
            path=path,
            query=(("action", "cancel"),),
            parameters=task,
            answers={"204": Answer()},
        ),
    )
