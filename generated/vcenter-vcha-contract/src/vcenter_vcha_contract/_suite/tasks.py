"""Following a task, and what must hold of its record at every moment."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx2

from .answers import Answer
from .target import Target

TERMINAL = ("SUCCEEDED", "FAILED")
_RANK = {"PENDING": 0, "RUNNING": 1, "BLOCKED": 1, "SUCCEEDED": 2, "FAILED": 2}
_OUTAGE = (401, 502, 503, 504)


def path(target: Target, task: str) -> str:
    """Where the task's record is."""
    operation = target.run.catalogue.with_role("task-get")
    assert operation is not None, "the API has no tasks"
    before, _, after = operation.path.partition("{")
    return before + quote(task, safe=":") + after.partition("}")[2]


def read(target: Target, task: str) -> dict[str, Any]:
    """The task's record now."""
    record: dict[str, Any] = target.get(path(target, task)).value
    return record


def follow(
    target: Target, task: str, *, until: str | None = "SUCCEEDED", outage: bool = False, timeout: float = 900.0
) -> list[dict[str, Any]]:
    """Read the task's record until it ends, and hold every reading to the rules of a task's life.

    Args:
        target: Who reads.
        task: The task's identifier.
        until: The status it must end with; None for any.
        outage: True if the task may take the target away: no answer, 503 and a lost session are then no findings.
        timeout: Seconds until a task that has not ended is a finding.

    Returns:
        The readings in order, the last one terminal.

    Raises:
        AssertionError: The record breaks a rule, ends otherwise, or does not end.
    """
    __tracebackhide__ = True
    deadline = time.monotonic() + timeout
    history: list[dict[str, Any]] = []
    pause = 0.02
    while not history or history[-1]["status"] not in TERMINAL:
        assert time.monotonic() < deadline, f"task {task} has not ended within {timeout:g} s"
        if history:
            time.sleep(pause)
            pause = min(pause * 1.4, 1.0)
        record = _read_through_outage(target, task, timeout) if outage else read(target, task)
        check(history, record)
        history.append(record)
    if until is not None:
        ended = history[-1]
        assert ended["status"] == until, f"task {task} ended {ended['status']}, not {until}: {ended.get('error')}"
    return history


def check(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    """The record is possible, and possible after the readings before it.

    Raises:
        AssertionError: It is not; the text names the rule.
    """
    status = record["status"]
    assert status in _RANK, f"{status!r} is not a status of a task ({', '.join(_RANK)})"
    if history:
        before = history[-1]["status"]
        assert _RANK[before] <= _RANK[status], f"the task went from {before} back to {status}"
        assert before not in TERMINAL or before == status, f"the task ended {before} and is now {status}"
    has_error = record.get("error") is not None
    assert has_error == (status == "FAILED"), f"`error` belongs to FAILED and to nothing else; the task is {status}"
    if status in TERMINAL:
        assert record.get("end_time") is not None, f"the task is {status} and has no `end_time`"
        _in_order(record)
    else:
        assert record.get("end_time") is None, f"the task is {status} and has an `end_time`"
    _progress_is_possible(history, record)


def wait_out(target: Target, task: str, *, timeout: float = 900.0) -> None:
    """Wait until the task has ended or its record is lost, through whatever outage it causes; nothing is checked.

    Raises:
        AssertionError: It has not ended in time.
    """
    deadline = time.monotonic() + timeout
    pause = 0.05
    while True:
        answer = _try(target, path(target, task))
        if answer is not None and answer.status == 401:
            target.forget_session()
        elif answer is not None and answer.status not in _OUTAGE and _is_over(answer):
            return
        assert time.monotonic() < deadline, f"task {task} has not ended within {timeout:g} s"
        time.sleep(pause)
        pause = min(pause * 1.4, 2.0)


def stays_ended(target: Target, task: str, ended: dict[str, Any], readings: int = 4) -> None:
    """The record of a task that ended is still there and says the same.

    Raises:
        AssertionError: It is gone or has changed.
    """
    for _ in range(readings):
        record = read(target, task)
        check([ended], record)
        assert record.get("end_time") == ended.get("end_time"), "the task's `end_time` changed after it had ended"
        time.sleep(0.05)


def _progress_is_possible(history: list[dict[str, Any]], record: dict[str, Any]) -> None:
    progress = record.get("progress")
    if progress is None:
        return
    total, completed = progress["total"], progress["completed"]
    assert 0 <= completed <= total, f"{completed} of {total} is no possible progress"
    if record["status"] == "SUCCEEDED":
        assert completed == total, f"the task SUCCEEDED at {completed} of {total}"
    earlier = [reading["progress"] for reading in history if reading.get("progress") is not None]
    if earlier and earlier[-1]["total"] == total:
        assert earlier[-1]["completed"] <= completed, f"progress went from {earlier[-1]['completed']} to {completed}"


def _in_order(record: dict[str, Any]) -> None:
    start, end = record.get("start_time"), record.get("end_time")
    if isinstance(start, str) and isinstance(end, str):
        started, ended = (datetime.fromisoformat(text) for text in (start, end))
        assert started <= ended, f"the task ended ({end}) before it started ({start})"


def _read_through_outage(target: Target, task: str, timeout: float) -> dict[str, Any]:
    deadline = time.monotonic() + timeout
    pause = 0.05
    while True:
        answer = _try(target, path(target, task))
        if answer is not None and answer.status not in _OUTAGE:
            record: dict[str, Any] = target.hold(answer).value
            return record
        assert time.monotonic() < deadline, f"the target has not come back within {timeout:g} s"
        if answer is not None and answer.status == 401:
            target.forget_session()
        time.sleep(pause)
        pause = min(pause * 1.4, 2.0)


def _is_over(answer: Answer) -> bool:
    return answer.status != 200 or answer.value["status"] in TERMINAL


def _try(target: Target, address: str) -> Answer | None:
    try:
        return target.send("GET", address)
    except httpx2.TransportError:
        return None
    except AssertionError:
        # Signing in again is refused with 503 until the target is fully back.
        target.forget_session()
        return None
