"""Which modules of the runtime a package carries: tasks, and vCenter's conventions, only where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vcsdk.ir import Api

_OF_TASKS = frozenset(("outcome", "taskinfo", "tasking", "tasks", "vapi", "wait"))
_IMPORT = re.compile(r"^    from \.(\w+)[\w.]* import .*\n", re.MULTILINE)
_HOME = re.compile(r'^    "(\w+)": "(\w+)[\w.]*",\n', re.MULTILINE)
TASK_ERRORS = frozenset(("TaskError", "TaskFailed", "TaskTimeout"))
"""Exceptions that nothing raises without tasks."""


def carries_tasks(api: Api) -> bool:
    """Whether the client has tasks: it is vCenter's, or an operation starts one."""
    return api.profile == "vapi" or any(operation.task for operation in api.operations)


def carried(api: Api, files: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The runtime's files that a package of the API has: path below `_runtime`, text."""
    if carries_tasks(api):
        return [*files]
    kept = [(path, text) for path, text in files if re.split(r"[/.]", path, maxsplit=1)[0] not in _OF_TASKS]
    return [(path, _without(text) if path == "__init__.py" else text) for path, text in kept]


def _without(text: str) -> str:
    """What `_runtime` offers, less what modules offer that are not there."""
    names = {name for name, home in _HOME.findall(text) if home in _OF_TASKS}
    text = _IMPORT.sub(lambda found: "" if found[1] in _OF_TASKS else found[0], text)
    text = _HOME.sub(lambda found: "" if found[2] in _OF_TASKS else found[0], text)
    return re.sub(r'^    "(\w+)",\n', lambda found: "" if found[1] in names else found[0], text, flags=re.MULTILINE)
