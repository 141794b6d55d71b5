"""What a task says of itself (Cis_Task_Info), what `wait` tells of it, and what is known of it on this side."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from .enums import OpenEnum
from .operation import Operation
from .printed import printed


class TaskStatus(OpenEnum):
    """Where a task stands; an unknown value counts as still running."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    BLOCKED = "BLOCKED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class TaskCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How far a task is: `completed` of `total`, and its message as the server's JSON."""

    total: int | None = None
    completed: int | None = None
    message: Any = None


class TaskInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A task as the server describes it.

    `description`, `parent`, `target`, `result` and `error` are the server's JSON; `error` only when FAILED, `end_time`
    when SUCCEEDED or FAILED.
    """

    status: TaskStatus
    description: Any = None
    service: str | None = None
    operation: str | None = None
    cancelable: bool | None = None
    parent: Any = None
    target: Any = None
    progress: TaskCounts | None = None
    result: Any = None
    error: Any = None
    start_time: datetime.datetime | None = None
    end_time: datetime.datetime | None = None
    user: str | None = None


_decoder = msgspec.json.Decoder(TaskInfo)
_fields = set(TaskInfo.__struct_fields__)


def decode(content: bytes) -> TaskInfo:
    """Task information from a body, bare or as `{"value": …}`.

    Only `status` must fit: an odd field elsewhere must not make a running failover unobservable, so it becomes None.
    Raises msgspec.ValidationError or DecodeError.
    """
    try:
        return _decoder.decode(content)
    except msgspec.ValidationError as first:
        raw = msgspec.json.decode(content)
        if isinstance(raw, dict) and isinstance(raw.get("value"), dict) and "status" not in raw:
            raw = raw["value"]
        if not isinstance(raw, dict) or not isinstance(raw.get("status"), str):
            raise first from None
        return TaskInfo(**{name: value for name in _fields if (value := _lenient(name, raw.get(name))) is not None})


_types = {field.name: field.type for field in msgspec.structs.fields(TaskInfo)}


def _lenient(name: str, value: Any) -> Any:
    try:
        return msgspec.convert(value, _types[name])
    except msgspec.ValidationError:
        return None


class TaskProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a task, as `on_progress` gets it; `str()` is one line.

    `status` is None until the server has been reached; `note` says what else there is to know ("server not
    reachable"); `elapsed` counts seconds since `wait` began.
    """

    status: str | None
    completed: int | None = None
    total: int | None = None
    message: str = ""
    note: str = ""
    elapsed: float = 0.0

    def __str__(self) -> str:
        parts = [str(self.status or "?")]
        if self.total:
            parts.append(f"{100 * (self.completed or 0) // self.total} %")
        if self.message:
            parts.append(self.message)
        if self.note:
            parts.append(f"({self.note})")
        return f"{self.elapsed:6.1f} s  " + printed(" ".join(parts))


class TaskState(msgspec.Struct, kw_only=True, eq=False):
    """What is known of a task beside the server.

    `before` is what `Outcome` showed ahead of the start; `started` is False for a bare identifier that was attached,
    of which nothing is known; `decided_by` is "task" or "cluster state" once `wait` has seen the end.
    """

    id: str
    operation: Operation | None = None
    before: str | None = None
    started: bool = True
    decided_by: str | None = None
