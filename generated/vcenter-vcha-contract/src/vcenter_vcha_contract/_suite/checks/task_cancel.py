"""Cancelling is refused where the task says that it is not cancelable; a cancelled task ends."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("task-cancel", __doc__, ("cancel-accepts-anything", "failed-without-error"), severity="behaviour")

# Some servers look first at the kind of the task, some at whether it has ended (vSphere Automation API, Tasks.cancel).
_KINDS = ("UNSUPPORTED", "NOT_ALLOWED_IN_CURRENT_STATE")


def hold(answer: Answer) -> None:
    """The answer to cancelling a task that is not cancelable is 400, with an error type that is documented for it."""
    if answer.status != 400:
        told = "cancelling a task that is not cancelable must be refused with 400"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
    kind = answer.value.get("error_type")
    if kind not in _KINDS:
        told = f"cancelling a task that is not cancelable must be refused with {' or '.join(_KINDS)}"
        raise Finding(CHECK, told, answer, path="$.error_type", observed=str(kind), severity="content")
