"""Two runs that differ in one planted fault differ in what that fault breaks, and in nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from vcsdk.contract.compare import compare
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished
from .test_faults import FOUND_BY, KNOWN, SEEN_WHILE_RUNNING, SLOW, proving

# One of each kind: body, status, header, session, task, mode, failover.
SAMPLE = (
    "allow-missing",
    "enumeration-in-lower-case",
    "null-in-required",
    "task-without-end-time",
    "token-in-error",
    "undocumented-field",
    "wrong-success-status",
)


@pytest.mark.parametrize("fault", FOUND_BY)
def test_only_the_planted_fault_is_new(
    fault: str,
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
    pytestconfig: pytest.Config,
) -> None:
    if fault not in SAMPLE and not pytestconfig.getoption("--full"):
        pytest.skip("tried with --full (make oracle)")
    module, tests = FOUND_BY[fault]
    needs = KNOWN[fault].needs
    options = [*FAILOVER, "--despite-preflight", "--budget=session.get=0.3", "--recovery=10", "-k", tests]

    def results(*planted: str) -> dict[str, Any]:
        server = simulator(*planted, task_seconds=SLOW if fault in SEEN_WHILE_RUNNING else 0.05, **needs)
        return run_suite(server.url, *options, module=f"test_{module}").results

    clean, broken, again = results(), results(fault), results(fault)

    assert clean["findings"] == []
    new = compare(clean, broken)
    assert new.regressed
    assert {difference.state for difference in new.differences} == {"new"}
    assert {difference.finding["check"] for difference in new.differences} & proving(fault)
    # Another server, other ids, times and tokens: the same findings.
    assert {difference.state for difference in compare(broken, again).differences} == {"still there"}
    assert {difference.state for difference in compare(broken, clean).differences} == {"fixed"}


def test_the_sample_is_of_known_faults() -> None:
    assert set(SAMPLE) <= set(FOUND_BY) <= set(KNOWN)
