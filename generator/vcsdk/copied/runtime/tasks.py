"""Tasks: handles on what a server goes on doing after it has answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from . import outcome as outcomes
from .call import Caller, streaming
from .effects import Flow
from .errors import ArgumentError, UnexpectedAnswer
from .operation import Operation
from .request import prepare
from .settings import Timeout, checked_timeout
from .taskinfo import TaskInfo, TaskProgress, TaskState
from .wait import Wait, cancel, read_info

if TYPE_CHECKING:
    from .drive_async import AsyncDriver
    from .drive_sync import SyncDriver

T = TypeVar("T")


class _Checkpoint(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    v: int
    task: str
    operation: str = ""
    disrupts: bool = True  # read because earlier versions wrote it
    before: str | None = None


class _Handle:
    _state: TaskState

    @property
    def id(self) -> str:
        """The task's identifier on the server."""
        return self._state.id

    @property
    def operation(self) -> str | None:
        """The Python path of the operation that started it, where that is known."""
        return None if self._state.operation is None else self._state.operation.name

    @property
    def decided_by(self) -> str | None:
        """How `wait` knew the end: "task", or "cluster state" where the task's record was gone; None before."""
        return self._state.decided_by

    def checkpoint(self) -> str:
        """A text without secrets from which `client.tasks.attach` resumes, also in another process."""
        state = self._state
        name = "" if state.operation is None else state.operation.name
        if not state.started:
            return state.id
        written = _Checkpoint(v=1, task=state.id, operation=name, before=state.before)
        return msgspec.json.encode(written).decode()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id!r}" + (f" of {self.operation}>" if self.operation else ">")


class Task(_Handle, Generic[T]):
    """A running task; `T` is the type of its result."""

    def __init__(self, caller: Caller, driver: SyncDriver, state: TaskState) -> None:
        self._caller = caller
        self._driver = driver
        self._state = state

    def info(self, *, timeout: Timeout | None = None) -> TaskInfo:
        """What the server says of the task now.  `timeout` in seconds.  Raises what any call raises."""
        return self._driver.run(read_info(self._caller, self._state, timeout=timeout))

    def wait(
        self, *, timeout: float = 900, poll: float = 1.0, on_progress: Callable[[TaskProgress], object] | None = None
    ) -> T:
        """Wait until the task has ended and return its result.

        Args:
            timeout: Seconds to wait at most; an outage counts.
            poll: Seconds between two looks.
            on_progress: Called with a `TaskProgress` whenever something changed; what it raises ends the waiting.

        Raises:
            TaskFailed: The task failed; `.error` is the typed error.
            TaskTimeout: The task did not end in time.
            OutcomeUnknown: The task's record is gone and nothing else shows that it took effect.
            ApiError: A look at the task was refused.
        """
        result: T = self._driver.run(waiting(self._caller, self._state, timeout, poll, on_progress))
        return result

    def cancel(self, *, timeout: Timeout | None = None) -> None:
        """Ask the server to cancel the task.  Raises ApiError where it cannot be cancelled."""
        self._driver.run(cancel(self._caller, self._state, timeout))


class AsyncTask(_Handle, Generic[T]):
    """A running task; `T` is the type of its result."""

    def __init__(self, caller: Caller, driver: AsyncDriver, state: TaskState) -> None:
        self._caller = caller
        self._driver = driver
        self._state = state

    async def info(self, *, timeout: Timeout | None = None) -> TaskInfo:
        """What the server says of the task now.  `timeout` in seconds.  Raises what any call raises."""
        return await self._driver.run(read_info(self._caller, self._state, timeout=timeout))

    async def wait(
        self,
        *,
        timeout: float = 900,
        poll: float = 1.0,
        on_progress: Callable[[TaskProgress], Awaitable[object] | object] | None = None,
    ) -> T:
        """Wait until the task has ended and return its result; see `Task.wait`.  `on_progress` may be a coroutine."""
        flow = waiting(self._caller, self._state, timeout, poll, on_progress)
        result: T = await self._driver.run(flow)
        return result

    async def cancel(self, *, timeout: Timeout | None = None) -> None:
        """Ask the server to cancel the task.  Raises ApiError where it cannot be cancelled."""
        await self._driver.run(cancel(self._caller, self._state, timeout))


def waiting(
    caller: Caller, state: TaskState, timeout: Any, poll: Any, on_progress: Callable[[Any], Any] | None
) -> Flow[Any]:
    """The flow of one `wait`.  Raises ArgumentError for times that are none."""
    for name, seconds in (("timeout", timeout), ("poll", poll)):
        if isinstance(checked_timeout(seconds, name), float):
            continue
        raise ArgumentError(f"{name}: expected seconds greater than 0")
    return Wait(caller, state, float(timeout), float(poll), on_progress).run()


def starting(
    caller: Caller,
    operation: Operation,
    arguments: Mapping[str, Any],
    body: Any,
    timeout: Timeout | None,
    content_type: str | None = None,
) -> Flow[TaskState]:
    """Send the request that starts a task; what its `Outcome` needs is read first.

    Raises ArgumentError before anything is sent, and UnexpectedAnswer if the answer names no task.
    """
    if streaming.get() is not None:
        # Before anything is sent: the task would run, and nobody would know its identifier.
        raise ArgumentError(f"with_streaming_response: {operation.name} starts a task and has nothing to stream")
    prepared = prepare(operation, arguments, body, content_type)
    clock = caller.clock(timeout)
    before = None
    if operation.outcome is not None:
        before = yield from outcomes.read_before(caller, operation.outcome, clock)
    identifier = yield from caller.value(prepared, timeout, clock)
    if not isinstance(identifier, str) or not identifier:
        raise UnexpectedAnswer(f"{operation.name}: the answer holds no task identifier", operation=operation.name)
    return TaskState(id=identifier, operation=operation, before=before)


def attached(caller: Caller, text: str) -> TaskState:
    """The task of an identifier or a checkpoint.  Raises ArgumentError if it is neither."""
    if not isinstance(text, str) or not text.strip():
        raise ArgumentError("task: expected an identifier or a checkpoint")
    if not text.lstrip().startswith("{"):
        # Nothing is known of it, so an outage must not end the waiting, and a record that is not there is an error.
        return TaskState(id=text.strip(), started=False)
    try:
        saved = msgspec.json.decode(text, type=_Checkpoint)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        raise ArgumentError("task: the checkpoint cannot be read") from None
    if saved.v != 1 or not saved.task:
        raise ArgumentError("task: the checkpoint was made by another version")
    operation = caller.facts.find(saved.operation) if caller.facts.find and saved.operation else None
    return TaskState(id=saved.task, operation=operation, before=saved.before)
