"""Following a task, and what must hold of its record at every moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from .answers import Answer
from .check import Finding
from .checks import task_ends, task_error, task_exists, task_order, task_progress, task_times
from .target import Target, waits

# In an order that names the cause before its symptoms.
TASK_RULES: tuple[Callable[[list[dict[str, Any]], dict[str, Any]], None], ...] = (
    task_order.hold,
    task_error.hold,
    task_times.hold,
    task_progress.hold,
)
TERMINAL = task_order.TERMINAL
OUTAGE = (401, 502, 503, 504)
"""What a target that comes back from an outage answers, to those it knew before."""


def path(target: Target, task: str) -> str:
    """Where the task's record is."""
    operation = target.run.catalogue.with_role("task-get")
    assert operation is not None, "the API has no tasks"
    before, _, after = operation.path.partition("{")
    return before + quote(task, safe=":") + after.partition("}")[2]


def read(target: Target, task: str, *, ended: bool = False) -> dict[str, Any]:
    """The task's record now; `ended` says that it has been read to its end before."""
    record: dict[str, Any] = _read(target, task, ended=ended).result
    return record


def _read(target: Target, task: str, *, ended: bool = False) -> Answer:
    answer = target.send("GET", path(target, task))
    task_exists.hold(answer, ended=ended)
    return target.hold(answer)


@waits
def follow(
    target: Target, task: str, *, until: str | None = "SUCCEEDED", outage: bool = False, timeout: float | None = None
) -> list[dict[str, Any]]:
    """Read the task's record until it ends, and hold every reading to the rules of a task's life.

    Where a task of the same operation has never ended, nobody waits for another one: the test is skipped.

    Args:
        target: Who reads.
        task: The task's identifier.
        until: The status it must end with; None for any.
        outage: True if the task may take the target away: no answer, 503 and a lost session are then no findings, and
            do not count as the task's time.
        timeout: Seconds until a task that has not ended is a finding; None for `--task-timeout`.

    Returns:
        The readings in order, the last one terminal.

    Raises:
        AssertionError: The record breaks a rule, ends otherwise, or does not end.
    """
    __tracebackhide__ = True
    _give_up_early(target, task)
    timeout = timeout or target.run.settings.task_timeout
    spent = 0.0
    history: list[dict[str, Any]] = []
    pause = 0.02
    while not history or history[-1]["status"] not in TERMINAL:
        if spent >= timeout:
            raise _never_ends(target, task, timeout)
        began = time.monotonic()
        if history:
            time.sleep(pause)
            pause = min(pause * 1.4, 1.0)
        if outage:
            # The time that the target is away is not the task's.
            spent += time.monotonic() - began
            answer = _read_through_outage(target, task, target.run.settings.recovery)
        else:
            answer = _read(target, task)
            spent += time.monotonic() - began
        history.append(_checked(history, answer))
    if until is not None:
        ended = history[-1]
        assert ended["status"] == until, f"task {task} ended {ended['status']}, not {until}: {ended.get('error')}"
    return history


def is_hopeless(target: Target, task: str) -> bool:
    """True if a task that the same operation started has not ended in time."""
    return target.run.shared.has_hung(_kind(target, task))


def check(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    """The record is possible, and possible after the readings before it.

    Raises:
        Finding: It is not; the text names the rule.
    """
    for rule in TASK_RULES:
        rule(history, record)


def _checked(history: list[dict[str, Any]], answer: Answer) -> dict[str, Any]:
    """The record that an answer shows; what is wrong with it is about that answer, whatever the test sends next."""
    record: dict[str, Any] = answer.result
    try:
        check(history, record)
    except Finding as finding:
        finding.answer = answer
        if not finding.operation and answer.operation is not None:
            finding.operation = answer.operation.name
        raise
    return record


@waits
def wait_out(target: Target, task: str, *, timeout: float | None = None, heard: bool = True) -> None:
    """Wait until the task has ended or its record is lost, through whatever outage it causes; no record is checked.

    `timeout` is for the time that the target answers; None for `--task-timeout`.  Without `heard` nobody hears of what
    is raised, and the next who meets such a task says it.

    Raises:
        Finding: An answer of the outage is none of its own; raised once it is over.
        AssertionError: It has not ended in time, or the target has not come back.
    """
    _give_up_early(target, task)
    timeout = timeout or target.run.settings.task_timeout
    spent = away = 0.0
    pause = 0.05
    trouble: Finding | None = None
    while True:
        began = time.monotonic()
        answer = _try(target, path(target, task))
        there = answer is not None and answer.status not in OUTAGE
        if answer is not None and not there:
            trouble = trouble or _departure(target, answer)
        if answer is not None and answer.status == 401:
            target.forget_session()
        elif answer is not None and there and _is_over(answer):
            if trouble is not None and heard:
                raise trouble
            return
        time.sleep(pause)
        pause = min(pause * 1.4, 2.0)
        took = time.monotonic() - began
        spent, away = (spent + took, 0.0) if there else (spent, away + took)
        if spent >= timeout:
            raise _never_ends(target, task, timeout, heard=heard)
        recovery = target.run.settings.recovery
        assert away < recovery, f"the target has not come back within {recovery:g} s"


def stays_ended(target: Target, task: str, ended: dict[str, Any], readings: int = 4) -> None:
    """The record of a task that ended is still there and says the same.

    Raises:
        Finding: It is gone or has changed.
    """
    for _ in range(readings):
        _checked([ended], _read(target, task, ended=True))
        time.sleep(0.02)


def _read_through_outage(target: Target, task: str, timeout: float) -> Answer:
    deadline = time.monotonic() + timeout
    pause = 0.05
    while True:
        answer = _try(target, path(target, task))
        if answer is not None and answer.status not in OUTAGE:
            task_exists.hold(answer, ended=True)
            return target.hold(answer)
        assert time.monotonic() < deadline, f"the target has not come back within {timeout:g} s"
        if answer is not None and (trouble := _departure(target, answer)) is not None:
            raise trouble
        if answer is not None and answer.status == 401:
            target.forget_session()
        time.sleep(pause)
        pause = min(pause * 1.4, 2.0)


def _departure(target: Target, answer: Answer) -> Finding | None:
    """What is wrong with an answer of an outage: it shows what it must not, or is not what it says it is."""
    try:
        target.fits(answer)
    except Finding as finding:
        return finding
    return None


def kind_of(operation: str) -> str:
    """What the tasks that an operation starts are called where hopes are given up (`shared`)."""
    return f"task of {operation}"


def _kind(target: Target, task: str) -> str:
    """What a task is one of: those that the same operation starts."""
    return kind_of(target.run.gate.links.starter(task))


def _never_ends(target: Target, task: str, timeout: float, *, heard: bool = True) -> Finding:
    """Let nobody wait for another one."""
    target.run.gate.links.open.pop(task, None)
    target.run.shared.hang(_kind(target, task))
    if heard:
        target.run.shared.is_first(_kind(target, task))
    return task_ends.broken(task, target.run.gate.links.starter(task), timeout)


def _give_up_early(target: Target, task: str) -> None:
    if not is_hopeless(target, task):
        return
    target.run.gate.links.open.pop(task, None)
    timeout = target.run.settings.task_timeout
    if target.run.shared.is_first(_kind(target, task)):
        # Somebody waited who could not say so: between two tests.
        raise task_ends.broken(task, target.run.gate.links.starter(task), timeout)
    pytest.skip(f"not exercised: another task of its kind has not ended within {timeout:g} s (--task-timeout)")


def _is_over(answer: Answer) -> bool:
    if answer.status != 200:
        return True
    record = answer.result
    return not isinstance(record, dict) or record.get("status", TERMINAL[0]) in TERMINAL


def _try(target: Target, address: str) -> Answer | None:
    try:
        return target.send("GET", address)
    except httpx2.TransportError:
        return None
    except AssertionError:
        # Signing in again is refused with 503 until the target is fully back.
        target.forget_session()
        return None
