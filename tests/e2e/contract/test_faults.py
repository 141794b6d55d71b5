"""Every fault that a simulator can be planted with is found by the suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.simulator import Simulator, known_faults

from .conftest import FAILOVER, Finished

# Where to look first, for faults that only a failover shows; every other fault gets the whole suite.
SHORT_CUTS = {
    "action-ignored": "constants",
    "double-failover": "one_failover_at_a_time",
    "failover-in-disabled": "while_disabled",
    "no-privilege-check": "without_the_privilege",
    "role-does-not-move": "planned_failover",
    "task-runs-again": "stays_as_it_ended",
    "wrong-success-status": "planned_failover",
}


@pytest.mark.parametrize("fault", [info.id for info in known_faults()])
def test_a_planted_fault_is_found(
    fault: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    selected = SHORT_CUTS.get(fault)
    expression = f"not fuzz and {selected}" if selected else "not fuzz"

    finished = run_suite(simulator(fault).url, *FAILOVER, "-x", "-k", expression)

    assert finished.results["verdict"] == "broken", finished.printed
    assert finished.status == 1
    assert finished.findings


def test_short_cuts_are_of_known_faults() -> None:
    assert set(SHORT_CUTS) <= {info.id for info in known_faults()}
