"""Cancelling is refused with UNSUPPORTED where the task says that it is not cancelable; a cancelled task ends."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("task-cancel", __doc__, ("cancel-accepts-anything", "failed-without-error"), severity="behaviour")


def hold(answer: Answer) -> None:
    """The answer to cancelling a task that is not cancelable is 400 UNSUPPORTED."""
    if answer.status != 400:
        told = "cancelling a task that is not cancelable must be refused with 400"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
    kind = answer.value.get("error_type")
    if kind != "UNSUPPORTED":
        told = "cancelling a task that is not cancelable must be refused with UNSUPPORTED"
        raise Finding(CHECK, told, answer, path="$.error_type", observed=str(kind), severity="content")
