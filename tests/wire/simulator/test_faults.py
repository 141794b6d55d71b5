"""Each planted fault shows on the wire, and the clean server does not show it."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx2
import pytest

from tests.wire.simulator.conftest import CLUSTER, FAILOVER, HEADER, SET_MODE, Caller

FORM = {"content-type": "text/plain"}
UNKNOWN = "/api/cis/tasks/unknown"


def reader(caller: Caller) -> Caller:
    return Caller(str(caller.http.base_url), "reader@vsphere.local")


def finished(caller: Caller) -> str:
    """A mode change that has ended, by the time alone: its record may be a fault's prey."""
    task = caller.call("PUT", SET_MODE, {"mode": "DISABLED"}).json()
    time.sleep(0.15)
    return task


def states_of_a_finished_task(caller: Caller) -> set[str]:
    task = finished(caller)
    return {caller.task(task)["status"] for _ in range(4)}


def after_failover(caller: Caller) -> str:
    caller.call("POST", FAILOVER, {"planned": True})
    caller.survive()
    caller.log_in()
    return caller.active()


def after_mode_change(caller: Caller) -> str:
    finished(caller)
    return caller.call("GET", f"{CLUSTER}/mode").json()["mode"]


def after_log_out(caller: Caller) -> int:
    caller.call("DELETE", "/api/session")
    return caller.call("GET", "/api/session").status_code


def in_disabled(caller: Caller) -> int:
    finished(caller)
    return caller.call("POST", FAILOVER, {"planned": True}).status_code


def second_failover(caller: Caller) -> int:
    caller.call("POST", FAILOVER, {"planned": True})
    return caller.call("POST", FAILOVER, {"planned": True}).status_code


def no_session(caller: Caller) -> int:
    return httpx2.get(caller.http.base_url.join(f"{CLUSTER}/mode")).status_code


def first_message(answer: httpx2.Response) -> str:
    return answer.json()["messages"][0]["default_message"]


# What to do, and what it gives on the clean server and with the fault.
SHOWN: dict[str, tuple[Callable[[Caller], object], object, object]] = {
    "no-auth-check": (no_session, 401, 200),
    "no-privilege-check": (lambda c: reader(c).call("PUT", SET_MODE, {"mode": "DISABLED"}).status_code, 403, 202),
    "accepts-invalid-body": (lambda c: c.call("POST", FAILOVER, {"planned": "x"}).status_code, 400, 202),
    "accepts-any-content-type": (
        lambda c: c.call("POST", FAILOVER, content=b'{"planned":true}', headers=FORM).status_code, 415, 202
    ),
    "action-ignored": (lambda c: c.call("POST", f"{CLUSTER}?action=x").status_code, 404, 200),
    "action-in-any-case": (lambda c: c.call("POST", f"{CLUSTER}?action=GET").status_code, 404, 200),
    "action-may-be-empty": (lambda c: c.call("POST", f"{CLUSTER}?action=").status_code, 404, 200),
    "wrong-success-status": (lambda c: c.call("POST", FAILOVER, {"planned": True}).status_code, 202, 200),
    "task-status-unknown": (
        lambda c: c.task(c.call("PUT", SET_MODE, {"mode": "DISABLED"}).json())["status"] == "IN_PROGRESS", False, True
    ),
    "task-record-lost": (lambda c: c.call("GET", f"/api/cis/tasks/{finished(c)}").status_code, 200, 404),
    "unknown-task-ok": (lambda c: c.call("GET", UNKNOWN).status_code, 404, 200),
    "task-runs-again": (states_of_a_finished_task, {"SUCCEEDED"}, {"SUCCEEDED", "RUNNING"}),
    "task-without-end-time": (lambda c: "end_time" in c.task(finished(c)), True, False),
    "session-survives-delete": (after_log_out, 401, 200),
    "failover-in-disabled": (in_disabled, 400, 202),
    "role-does-not-move": (after_failover, "node2", "node1"),
    "undocumented-field": (lambda c: "build" in c.call("GET", f"{CLUSTER}/mode").json(), False, True),
    "missing-required-field": (lambda c: c.call("GET", f"{CLUSTER}/mode").json(), {"mode": "ENABLED"}, {}),
    "null-in-required": (lambda c: c.call("GET", f"{CLUSTER}/mode").json(), {"mode": "ENABLED"}, {"mode": None}),
    "error-not-json": (lambda c: c.call("GET", UNKNOWN).headers["content-type"], "application/json", "text/html"),
    "error-type-mismatch": (
        lambda c: reader(c).call("POST", FAILOVER, {"planned": True}).json()["error_type"], "UNAUTHORIZED", "NOT_FOUND"
    ),
    "mode-change-ignored": (after_mode_change, "DISABLED", "ENABLED"),
    "wrong-content-type": (
        lambda c: c.call("GET", f"{CLUSTER}/mode").headers["content-type"], "application/json", "text/plain"
    ),
    "stack-trace-in-error": (lambda c: "Traceback" in first_message(c.call("GET", UNKNOWN)), False, True),
    "token-in-error": (lambda c: c.http.headers[HEADER] in c.call("GET", UNKNOWN).text, False, True),
    "double-failover": (second_failover, 400, 202),
}  # fmt: skip


# Every fault is also shown by the contract suite's finding it: tests/e2e/contract/test_faults.py.
@pytest.mark.parametrize("name", SHOWN)
def test_fault(serve, name):
    do, clean, broken = SHOWN[name]
    assert do(Caller(serve(task_seconds=0.1).url)) == clean
    assert do(Caller(serve(task_seconds=0.1, faults=(name,)).url)) == broken
