"""The catalogue of faults."""

from __future__ import annotations

from types import ModuleType

import pytest
from vcsdk.declared import declared
from vcsdk.simulator.faults import Fault, FaultInfo, Faults, UnknownFaultError, fault, known_faults, sessions


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
