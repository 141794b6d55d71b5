"""The catalogue of faults."""

from __future__ import annotations

from types import ModuleType

import pytest
from vcsdk.declared import declared
from vcsdk.simulator.faults import Fault, FaultInfo, Faults, UnknownFaultError, fault, known_faults, sessions

NAMES = {
    "accepts-any-content-type", "accepts-invalid-body", "action-ignored", "double-failover", "error-not-json",
    "error-type-mismatch", "failover-in-disabled", "missing-required-field", "mode-change-ignored", "no-auth-check",
    "no-privilege-check", "null-in-required", "role-does-not-move", "session-survives-delete", "stack-trace-in-error",
    "task-record-lost", "task-runs-again", "task-status-unknown", "task-without-end-time", "token-in-error",
    "undocumented-field", "unknown-task-ok", "wrong-content-type", "wrong-success-status",
}  # fmt: skip


def test_the_catalogue():
    assert {info.id for info in known_faults()} >= NAMES


@pytest.mark.parametrize("info", known_faults(), ids=lambda info: info.id)
def test_a_fault_breaks_a_seam(info):
    assert info.kind.__doc__
    assert info.breaks
    assert set(vars(info.kind)) & {name for name in dir(Fault) if not name.startswith("_")}


def test_an_unknown_fault_names_the_nearest():
    with pytest.raises(UnknownFaultError, match="did you mean 'no-auth-check'"):
        Faults(["no-auth-chek"])


def test_two_faults_cannot_have_one_id():
    twin = ModuleType("twin")
    twin.again = fault("no-auth-check", breaks="x")(Fault)
    with pytest.raises(ValueError, match="two are called no-auth-check"):
        declared(FaultInfo, sessions, twin)


def test_the_first_fault_named_is_the_outermost():
    planted = Faults(["no-privilege-check", "no-auth-check"])
    order = []

    def ask(one, proceed):
        order.append(type(one).__name__)
        return proceed()

    assert planted.around(ask, lambda: "done") == "done"
    assert order == ["NoPrivilegeCheck", "NoAuthCheck"]
