"""Waiting for a task, also through an outage, whatever causes it.

A look changes nothing, so it is repeated: no answer, or an answer 5xx or 429, is part of the story and looked at again
until the deadline; a session that is gone is made again; a task record that is gone (404) is replaced by the state that
the operation changes.  Every request is bounded by what remains of the deadline, so waiting always ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from . import outcome as outcomes
from .answers import error_of, error_of_value, value_of
from .effects import Flow, Notify, Sleep
from .errors import (
    ApiError,
    AuthenticationError,
    ConnectionFailed,
    NotFoundError,
    OutcomeUnknown,
    TaskFailed,
    TaskTimeout,
    UnexpectedAnswer,
)
from .operation import Operation
from .request import prepare
from .secret import dec_hook
from .settings import Clock
from .taskinfo import TaskInfo, TaskProgress, TaskState, TaskStatus, decode

if TYPE_CHECKING:
    from .call import Caller

_LOOKS = 10
"""Looks at a state that has not changed before the outcome counts as unknown."""
_REFUSALS = 3
"""Answers 401 to a fresh session before they count as final: nodes may not agree at once."""
_PATIENCE = 15.0
"""Seconds one look may take; a dead host does not answer at all."""


class Wait:
    """One `wait` call: the deadline, what was seen last, and whom to tell."""

    def __init__(
        self, caller: Caller, state: TaskState, timeout: float, poll: float, on_progress: Callable[[Any], Any] | None
    ) -> None:
        self._caller = caller
        self._state = state
        self._began = time.monotonic()
        self._deadline = self._began + timeout
        self._timeout = timeout
        self._poll = poll
        self._on_progress = on_progress
        self._info: TaskInfo | None = None
        self._note = ""
        self._told: TaskProgress | None = None
        self._unchanged = 0
        self._refused = 0
        self._outage = False

    def run(self) -> Flow[Any]:
        """The task's result.  Raises TaskFailed, TaskTimeout, OutcomeUnknown, or what a look raises."""
        while True:
            if time.monotonic() >= self._deadline:
                raise self._timed_out()
            done = yield from self._look()
            yield from self._tell()
            if done:
                return self._result()
            left = self._deadline - time.monotonic()
            if left > 0:
                yield Sleep(min(self._poll, left))

    def _look(self) -> Flow[bool]:
        """Look once; True when the task has succeeded."""
        try:
            info = yield from self._read()
        except ConnectionFailed as error:
            self._tolerate(error, f"server not reachable: {error.reason}")
            return False
        except NotFoundError as error:
            return (yield from self._without_record(error))
        except AuthenticationError as error:
            self._again_if_new(error)
            return False
        except ApiError as error:
            self._tolerate(error, f"server answers {error.status}")
            return False
        except UnexpectedAnswer as error:
            # While a server starts, whatever stands before it may answer pages of its own.
            self._tolerate(error, f"server answers {error.status} with something else")
            return False
        self._info, self._note, self._refused, self._unchanged = info, "", 0, 0
        if info.status is TaskStatus.FAILED:
            yield from self._tell()
            raise self._failed(info)
        if info.status is not TaskStatus.SUCCEEDED:
            return False
        self._state.decided_by = "task"
        return True

    def _read(self) -> Flow[TaskInfo]:
        return (yield from read_info(self._caller, self._state, until=self._deadline, once=True))

    def _tolerate(self, error: Exception, note: str, *, absent: bool = False) -> None:
        status = getattr(error, "status", None) or 0
        passing = status >= 500 or status == 429 or (absent and status == 404)
        passing = passing or isinstance(error, ConnectionFailed | UnexpectedAnswer)
        if isinstance(error, ConnectionFailed) and error.permanent:
            raise error
        if time.monotonic() >= self._deadline and passing:
            self._note = note
            raise self._timed_out()
        if not passing:
            raise error
        self._note, self._unchanged, self._outage = note, 0, True

    def _again_if_new(self, error: AuthenticationError) -> None:
        self._refused += 1
        if self._caller.session.refused(error) or self._refused >= _REFUSALS:
            raise error
        self._note = "session refused"

    def _without_record(self, error: NotFoundError) -> Flow[bool]:
        state = self._state
        outcome = None if state.operation is None else state.operation.outcome
        # While a server starts, what stands before it may know none of its addresses.
        foreign = self._outage and error.error_type is None and not error.messages
        if not (state.started or foreign):
            raise error
        if outcome is not None and state.before is not None:
            try:
                now = yield from outcomes.read(self._caller, outcome, Clock(_PATIENCE, until=self._deadline, once=True))
            except ConnectionFailed as failure:
                self._tolerate(failure, f"task record gone; server not reachable: {failure.reason}")
                return False
            except AuthenticationError as failure:
                self._again_if_new(failure)
                return False
            except ApiError as failure:
                self._tolerate(failure, f"task record gone; server answers {failure.status}", absent=foreign)
                return False
            except UnexpectedAnswer as failure:
                self._tolerate(failure, f"task record gone; server answers {failure.status} with something else")
                return False
            if now is not None and now != state.before:
                state.decided_by = "cluster state"
                self._note = f"task record gone; decided by cluster state: {now} is {outcome.equals} now"
                return True
            self._note = f"task record gone; {now or 'nobody'} is {outcome.equals}"
        else:
            self._note = "task record gone"
        self._unchanged += not foreign
        if self._unchanged >= _LOOKS:
            raise self._unknown()
        return False

    def _unknown(self) -> OutcomeUnknown:
        name = "" if self._state.operation is None else self._state.operation.name
        return OutcomeUnknown(
            f"task {self._state.id} of {name or 'an operation'}: {self._note}",
            operation=name,
            reason="the task's record is gone",
            hint="To find out: read what it would have changed before calling it again.",
        )

    def _timed_out(self) -> TaskTimeout:
        status = "never seen" if self._info is None else f"last seen {self._info.status}"
        note = f"; {self._note}" if self._note else ""
        message = f"task {self._state.id} did not end within {self._timeout:g} s ({status}{note})"
        return TaskTimeout(message, task=self._state.id, info=self._info, note=self._note)

    def _failed(self, info: TaskInfo) -> TaskFailed:
        operation = self._state.operation or _tasks(self._caller).get
        error = error_of_value(self._caller.facts, info.error, status=None, operation=operation)
        kind = type(error).__name__
        text = f"task {self._state.id} of {operation.name} failed: {kind}: {error}"
        return TaskFailed(text, task=self._state.id, info=info, error=error)

    def _result(self) -> Any:
        operation = self._state.operation
        if self._info is None or self._state.decided_by != "task":
            return None
        if operation is None:
            return self._info.result
        if operation.result is None or self._info.result is None:
            return None
        try:
            if self._caller.facts.errors is not None:
                from .vapi import shapes

                return shapes.fit(self._info.result, operation.result)
            return msgspec.convert(self._info.result, operation.result, dec_hook=dec_hook)
        except msgspec.ValidationError as error:
            raise UnexpectedAnswer(
                f"task {self._state.id} succeeded, but its result does not fit the description: {error}",
                operation=operation.name,
            ) from None

    def _tell(self) -> Flow[None]:
        if self._on_progress is None:
            return
        info = self._info
        counts = None if info is None else info.progress
        decided = self._state.decided_by == "cluster state"
        seen = TaskProgress(
            status="SUCCEEDED" if decided else None if info is None else str(info.status),
            completed=None if counts is None else counts.total if decided else counts.completed,
            total=None if counts is None else counts.total,
            message="" if counts is None or decided else _text(counts.message),
            note=self._note,
        )
        if seen != self._told:
            self._told = seen
            yield Notify(self._on_progress, msgspec.structs.replace(seen, elapsed=time.monotonic() - self._began))


def read_info(
    caller: Caller, state: TaskState, *, until: float | None = None, once: bool = False, timeout: Any = None
) -> Flow[TaskInfo]:
    """The task's information now.  Raises what a call raises."""
    operation = _tasks(caller).get
    prepared = prepare(operation, {_identifier(operation): state.id}, None)
    if once and until is not None:
        until = min(until, time.monotonic() + _PATIENCE)
    clock = caller.clock(timeout, until=until, once=once)
    answer = yield from caller.answer(prepared, clock, safe=True, purpose="poll")
    if answer.status >= 400:
        raise error_of(caller.facts, operation, answer)
    try:
        return decode(answer.content)
    except (msgspec.DecodeError, RecursionError):
        # The typed decoder would refuse it too, and says where.
        value_of(caller.facts, operation, answer)
        message = f"{operation.name}: the answer is no task information"
        raise UnexpectedAnswer(message, operation=operation.name, response=answer.redacted()) from None


def cancel(caller: Caller, state: TaskState, timeout: Any = None) -> Flow[None]:
    """Ask the server to cancel the task.  Raises what a call raises."""
    operation = _tasks(caller).cancel
    if operation is None:
        raise UnexpectedAnswer("this API has no operation that cancels a task")
    yield from caller.call(operation, {_identifier(operation): state.id}, timeout=timeout)


def _tasks(caller: Caller) -> Any:
    facts = caller.facts.tasks
    if facts is None:
        raise UnexpectedAnswer("this API has no operation that reads a task")
    return facts


def _identifier(operation: Operation) -> str:
    return next(parameter.name for parameter in operation.parameters if parameter.location == "path")


def _text(message: Any) -> str:
    if message is None or isinstance(message, str):
        return message or ""
    from .vapi.messages import parse_message

    return str(parse_message(message) or "")
