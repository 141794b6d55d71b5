"""Sessions and tasks of a vCenter, for descriptions that use them without describing them.

VMware describes the session in `cis.json` and the operations it protects in other files.  Paths: vSphere Automation API
reference, "CIS", since 7.0 Update 2; the older form, `/rest` with its envelopes, as `cis.json` of 7.0.3 has it.
"""

from __future__ import annotations

from typing import Any

from ..facts import SessionFacts, TaskFacts
from ..operation import Answer, Operation, Parameter


def session_facts(path: str, *, envelope: bool = False) -> SessionFacts:
    """The session operations at a path below the prefix; with `envelope` in the older form."""
    read = {"method": "POST", "query": (("~action", "get"),)} if envelope else {"method": "GET"}
    return SessionFacts(
        create=Operation(
            name="session.create",
            method="POST",
            path=path,
            answers={"200" if envelope else "201": Answer(str, envelope=envelope)},
            security="basic",
            safe=True,
        ),
        get=Operation(
            name="session.get", path=path, answers={"200": Answer(Any, envelope=envelope)}, safe=True, **read
        ),
        delete=Operation(
            name="session.delete", method="DELETE", path=path, answers={"200" if envelope else "204": Answer()}
        ),
    )


def task_facts(path: str, *, envelope: bool = False) -> TaskFacts:
    """The task operations at a path below the prefix (`…/cis/tasks/{task}`); with `envelope` in the older form."""
    task = (Parameter("task", "task", "path", required=True, type=str),)
    return TaskFacts(
        get=Operation(
            name="tasks.get",
            method="GET",
            path=path,
            parameters=task,
            answers={"200": Answer(Any, envelope=envelope)},
            safe=True,
        ),
        cancel=Operation(
            name="tasks.cancel",
            method="POST",
            path=path,
            query=(("action", "cancel"),),
            parameters=task,
            answers={"200" if envelope else "204": Answer()},
        ),
    )
