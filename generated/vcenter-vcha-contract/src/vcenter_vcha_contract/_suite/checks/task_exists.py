"""The identifier that an operation answered is that of a task: its record can be read at once, and after the end."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("task-exists", __doc__, ("task-id-unknown", "task-record-lost"), severity="behaviour")


def hold(answer: Answer, *, ended: bool = False) -> None:
    """The answer to reading the record is not 404."""
    if answer.status == 404:
        when = "after its end" if ended else "although it was just answered"
        raise Finding(CHECK, f"the task's record is not found {when}", answer, observed="status 404")
