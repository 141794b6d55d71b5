"""Tasks: PENDING, RUNNING with progress, then SUCCEEDED or FAILED for good (`reference`: Cis_Task_Info)."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vcsdk.simulator.clock import Agenda
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.messages import DEFAULT_LANGUAGE, Message

_FINISHED = ("SUCCEEDED", "FAILED")
# The part of its duration that a task waits before it runs.
_PENDING_PART = 0.1


def _nothing(task: Task) -> None:
    """The end of a task that changes nothing."""


@dataclass(slots=True)
class Task:
    """One task.  `error` is the refusal that made it fail; `result` is `...` where the operation gives none."""

    id: str
    service: str
    operation: str
    user: str
    description: Message
    cancelable: bool
    created_at: float
    duration: float
    start_time: str
    target: dict[str, str] | None = None
    end_time: str | None = None
    status: str = "PENDING"
    result: Any = ...
    error: Refusal | None = None
    on_end: Callable[[Task], None] = field(default=_nothing, repr=False)

    @property
    def finished(self) -> bool:
        """True once nothing about it changes any more."""
        return self.status in _FINISHED


class Tasks:
    """The task records.  Ids come from the seed: two simulators with one seed give the same ids."""

    def __init__(self, agenda: Agenda, seed: int) -> None:
        self._agenda = agenda
        self._random = random.Random(seed)  # noqa: S311 - ids are names, not secrets
        self._records: dict[str, Task] = {}

    def start(
        self,
        *,
        service: str,
        operation: str,
        user: str,
        description: Message,
        duration: float,
        cancelable: bool,
        on_end: Callable[[Task], None] = _nothing,
        ends_itself: bool = True,
        result: Any = ...,
        target: dict[str, str] | None = None,
    ) -> Task:
        """A new task.  After `duration` seconds `on_end` runs; unless that sets an error, the task has then SUCCEEDED.

        With `ends_itself` False `on_end` decides when the task ends (`finish`).
        """
        number = uuid.UUID(int=self._random.getrandbits(128), version=4)
        clock = self._agenda.clock
        task = Task(
            f"{number}:{service}", service, operation, user, description, cancelable, clock.now(), duration,
            clock.timestamp(), target, result=result, on_end=on_end,
        )  # fmt: skip
        self._records[task.id] = task
        self._agenda.after(duration, lambda: self._end(task, ends_itself))
        return task

    def _end(self, task: Task, ends_itself: bool) -> None:
        if task.finished:
            return
        task.status = "RUNNING"
        task.on_end(task)
        if ends_itself or task.error is not None:
            self.finish(task)

    def finish(self, task: Task) -> None:
        """Set the final status: FAILED if the task has an error."""
        if not task.finished:
            task.status = "SUCCEEDED" if task.error is None else "FAILED"
            task.end_time = self._agenda.clock.timestamp()

    def get(self, task_id: str) -> Task:
        """The task with this id.

        Raises:
            Refusal: 404 NOT_FOUND.
        """
        task = self._records.get(task_id)
        if task is None:
            raise Refusal("NOT_FOUND", Message("task.not-found", (task_id,)))
        if task.status == "PENDING" and self._progress(task) >= _PENDING_PART:
            task.status = "RUNNING"
        return task

    def cancel(self, task_id: str) -> None:
        """Cancel a task: it ends FAILED with the error CANCELED.

        Raises:
            Refusal: 404 for an unknown task, 400 UNSUPPORTED for one that cannot be canceled, 400
                NOT_ALLOWED_IN_CURRENT_STATE for one that has finished.
        """
        task = self.get(task_id)
        if not task.cancelable:
            raise Refusal("UNSUPPORTED", Message("task.not-cancelable", (task_id,)))
        if task.finished:
            raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("task.finished", (task_id,)))
        task.error = Refusal("CANCELED", Message("task.canceled"))
        self.finish(task)

    def forget(self, task_id: str) -> None:
        """Lose a record."""
        self._records.pop(task_id, None)

    def running(self) -> list[Task]:
        """The tasks that have not finished."""
        return [task for task in self._records.values() if not task.finished]

    def clear(self) -> None:
        """Lose every record."""
        self._records.clear()

    def _progress(self, task: Task) -> float:
        if task.duration <= 0:
            return 1.0
        return min(1.0, (self._agenda.clock.now() - task.created_at) / task.duration)

    def info(self, task: Task, language: str = DEFAULT_LANGUAGE, *, exclude_result: bool = False) -> dict[str, Any]:
        """The wire form (Cis_Task_Info)."""
        info: dict[str, Any] = {
            "description": task.description.as_dict(language),
            "service": task.service,
            "operation": task.operation,
            "status": task.status,
            "cancelable": task.cancelable and not task.finished,
            "user": task.user,
        }
        if task.target is not None:
            info["target"] = task.target
        if task.status != "PENDING":
            completed = 100 if task.status == "SUCCEEDED" else min(99, int(self._progress(task) * 100))
            message = Message("task.progress", (str(completed),))
            info["progress"] = {"total": 100, "completed": completed, "message": message.as_dict(language)}
            info["start_time"] = task.start_time
        if task.finished:
            info["end_time"] = task.end_time
        if task.error is not None:
            info["error"] = task.error.as_vapi(language)
        elif task.status == "SUCCEEDED" and task.result is not ... and not exclude_result:
            info["result"] = task.result
        return info
