"""Every fault that a simulator can be planted with is found, by a check that names it.

Each gets only the tests that should find it; `vcsdk contract score` runs the whole suite against each.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.simulator import Simulator, known_faults

from .conftest import FAILOVER, Finished
from .test_plain_faults import FOUND_IN

# The module of the suite and the tests in it (pytest's -k) that find the fault.
CLUSTER, MODE, OPERATIONS = "vcha_cluster", "vcha_cluster_mode", "vcha_operations"
SIGN, LIFE, CHANGES, FAIL, STATE = "sign_in_and_out", "task_life", "mode_changes", "failover", "cluster_state"
FOUND_BY: dict[str, tuple[str, str]] = {
    "accept-fails": (OPERATIONS, "whatever"),
    "accepts-any-content-type": (CLUSTER, "TestGet and another_content_type"),
    "accepts-invalid-body": (CLUSTER, "TestGet and malformed_body"),
    "action-ignored": (CLUSTER, "TestGet and constants"),
    "action-in-any-case": (CLUSTER, "TestGet and constants"),
    "action-may-be-empty": (CLUSTER, "TestGet and constants"),
    "allow-missing": (MODE, "another_method"),
    "allow-wrong": (MODE, "another_method"),
    "answers-in-latin-1": ("http", "language"),
    "any-method-accepted": (MODE, "another_method"),
    "any-password-accepted": (SIGN, "wrong_credentials or wrong_password"),
    "basic-case-sensitive": (SIGN, "any_case"),
    "body-on-get-fails": (OPERATIONS, "body_breaks"),
    "cancel-accepts-anything": (LIFE, "not_cancelable"),
    "cancel-unknown-ok": ("tasks", "TestCancel and unknown"),
    "challenge-missing": (SIGN, "wrong_credentials"),
    "charset-refused": (CLUSTER, "TestGet and media_type"),
    "cluster-info-stale": (CHANGES, "takes_effect"),
    "created-time-moves": (SIGN, "names_the_user"),
    "dead-session-deleted-again": (SIGN, "deleted_once"),
    "default-message-translated": ("http", "language"),
    "double-failover": (FAIL, "one_failover"),
    "double-mode-change": (CHANGES, "one_change"),
    "duplicate-keys-accepted": (CLUSTER, "TestGet and not_json"),
    "empty-body": (OPERATIONS, "as_documented"),
    "end-before-start": (LIFE, "runs_and_ends"),
    "end-time-moves": (LIFE, "stays_as"),
    "enumeration-in-lower-case": (MODE, "TestGet and as_documented"),
    "error-not-json": ("tasks", "unknown"),
    "error-type-mismatch": (CHANGES, "without_the_privilege"),
    "error-while-succeeded": (LIFE, "runs_and_ends"),
    "error-without-messages": ("tasks", "unknown"),
    "errors-answer-200": ("tasks", "unknown"),
    "failed-without-error": (LIFE, "is_cancelled_ends"),
    "failover-allowed-lies": (STATE, "as_mode_and_health"),
    "failover-in-degraded": (STATE, "failover_is_refused"),
    "failover-in-disabled": (FAIL, "while_disabled"),
    "failover-refused": (FAIL, "planned_failover"),
    "failover-refused-in-maintenance": (FAIL, "forced_failover"),
    "html-for-browsers": (OPERATIONS, "whatever"),
    "language-ignored": ("http", "language"),
    "localized-missing": ("http", "language"),
    "logout-answers-200": (SIGN, "deleted_once"),
    "logout-ends-all-sessions": (SIGN, "leaves_the_others"),
    "malformed-body-fails": (CLUSTER, "TestGet and malformed_body"),
    "media-type-case-sensitive": (CLUSTER, "TestGet and media_type"),
    "missing-required-field": (MODE, "TestGet and as_documented"),
    "method-not-found": (MODE, "another_method"),
    "mode-change-ignored": (CHANGES, "takes_effect"),
    "mode-health-unchecked": (STATE, "needs_health"),
    "mode-refused": (CHANGES, "takes_effect"),
    "mode-transition-unchecked": (CHANGES, "not_allowed"),
    "no-auth-check": (MODE, "without_a_valid_session"),
    "no-privilege-check": (CHANGES, "without_the_privilege"),
    "not-a-number-accepted": (CLUSTER, "TestGet and not_json"),
    "null-array": (OPERATIONS, "as_documented"),
    "null-in-required": (MODE, "TestGet and as_documented"),
    "number-as-text": (LIFE, "runs_and_ends"),
    "odd-id-fails": ("tasks", "odd"),
    "odd-token-fails": (SIGN, "another_form"),
    "operation-active-and-disabled": (CHANGES, "running_change_is_listed"),
    "operations-active-empty": (CHANGES, "running_change_is_listed"),
    "operations-lie": (STATE, "operations_agree"),
    "parameters-unchecked": (LIFE, "malformed_parameter"),
    "planned-ignored": (FAIL, "planned_failover"),
    "privilege-refused-with-401": (CHANGES, "without_the_privilege"),
    "progress-goes-back": (LIFE, "runs_and_ends"),
    "progress-over-total": (LIFE, "runs_and_ends"),
    "refuses-every-fifth": (OPERATIONS, "same_way"),
    "role-does-not-move": (FAIL, "planned_failover"),
    "session-shows-another": (SIGN, "another_session"),
    "session-survives-delete": (SIGN, "until_it_is_deleted"),
    "session-survives-failover": (FAIL, "planned_failover"),
    "session-times-reversed": (SIGN, "names_the_user"),
    "session-user-wrong": (SIGN, "names_the_user"),
    "sign-in-answers-200": (SIGN, "makes_a_session"),
    "slow-answers": ("session", "in_time"),
    "stack-trace-in-error": ("tasks", "unknown"),
    "succeeded-half-way": (LIFE, "runs_and_ends"),
    "task-id-unknown": (LIFE, "runs_and_ends"),
    "task-never-ends": (LIFE, "runs_and_ends"),
    "task-operation-wrong": (LIFE, "user_and_operation"),
    "task-record-lost": (LIFE, "stays_as"),
    "task-runs-again": (LIFE, "stays_as"),
    "task-status-unknown": (LIFE, "runs_and_ends"),
    "task-user-wrong": (LIFE, "user_and_operation"),
    "task-without-end-time": (LIFE, "runs_and_ends"),
    "time-not-rfc3339": ("session", "TestGet and as_documented"),
    "token-in-error": ("tasks", "unknown"),
    "token-in-header": (OPERATIONS, "as_documented"),
    "token-reused": (SIGN, "two_tokens"),
    "trace-while-starting": (FAIL, "planned_failover"),
    "trace-echoes": ("http", "trace"),
    "two-active-nodes": (STATE, "one_node"),
    "unauthenticated-answers-403": (MODE, "without_a_valid_session"),
    "undocumented-field": (MODE, "TestGet and as_documented"),
    "unknown-path-ok": ("http", "does_not_exist"),
    "unknown-task-ok": ("tasks", "unknown"),
    "unstable-answers": (CLUSTER, "TestGet and same_way"),
    "vmw-task-ignored": (MODE, "constants"),
    "witness-is-passive": (STATE, "one_node"),
    "wrong-content-type": (MODE, "TestGet and as_documented"),
    "wrong-success-status": (FAIL, "planned_failover"),
    "www-authenticate-missing": (SIGN, "wrong_credentials"),
}
# What a task must run long enough for, also on a machine that is busy with other things.
SLOW = 0.6
SEEN_WHILE_RUNNING = {
    "double-mode-change",
    "failed-without-error",
    "number-as-text",
    "operation-active-and-disabled",
    "operations-active-empty",
    "progress-goes-back",
    "progress-over-total",
}
KNOWN = {info.id: info for info in known_faults()}


def proving(fault: str) -> set[str]:
    return {check.id for check in CHECKS.values() if fault in check.proven_by}


@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_planted_fault_is_found_by_its_check(
    fault: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    module, tests = FOUND_BY[fault]
    options = ["--despite-preflight", "--budget=session.get=0.3", "--recovery=10", "--task-timeout=5"]

    server = simulator(fault, task_seconds=SLOW if fault in SEEN_WHILE_RUNNING else 0.05, **KNOWN[fault].needs)

    finished = run_suite(server.url, *FAILOVER, *options, "-k", tests, module=f"test_{module}")

    assert finished.results["verdict"] == "broken", finished.printed
    assert finished.status == 1
    assert {finding["check"] for finding in finished.results["findings"]} & proving(fault), finished.findings


def test_every_fault_has_its_tests() -> None:
    assert {*FOUND_BY, *FOUND_IN} == {*KNOWN}
    assert set(FOUND_BY).isdisjoint(FOUND_IN)


@pytest.mark.parametrize("module", sorted({module for module, _ in FOUND_BY.values()}))
def test_the_same_tests_find_nothing_without_a_fault(
    module: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    tests = " or ".join(f"({tests})" for name, tests in FOUND_BY.values() if name == module)

    finished = run_suite(simulator().url, *FAILOVER, "-k", tests, module=f"test_{module}")

    assert finished.findings == []
    assert finished.results["verdict"] == "holds", finished.printed


def test_a_test_that_breaks_off_leaves_nothing_running(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    """The task of a test that failed half-way would make the next change of the cluster be refused."""
    server = simulator("progress-over-total", task_seconds=SLOW)

    finished = run_suite(server.url, *FAILOVER, "-k", "TestChanges", module="test_mode_changes")

    assert {finding["check"] for finding in finished.results["findings"]} == {"task-progress"}, finished.findings
    assert finished.results["counts"]["failed"] > 3
