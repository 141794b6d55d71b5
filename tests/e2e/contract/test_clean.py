"""A server without faults gives no finding, whatever mode it is in, and is left in that mode."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished


@pytest.mark.parametrize("mode", ["ENABLED", "DISABLED", "MAINTENANCE"])
def test_a_clean_server_has_no_finding(
    mode: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    server = simulator(mode=mode)

    # Generated requests do not depend on the mode, so one mode's worth of them is enough here.
    selected = () if mode == "ENABLED" else ("-k", "not fuzz or failover")
    finished = run_suite(server.url, *FAILOVER, "--fuzz-examples", "5", *selected)

    assert finished.findings == []
    assert finished.results["verdict"] == "holds", finished.printed
    assert finished.status == 0
    assert 3 <= server.log.accepted["vcha.cluster.failover"] <= 4
    assert server.application.cluster.mode == mode


def test_without_a_powerless_account_that_is_said(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    finished = run_suite(simulator().url, "--level", "write", "-k", "without_the_privilege", powerless=False)

    reasons = {row["reason"] for row in finished.results["skipped"]}
    assert any("--powerless-username" in reason for reason in reasons), reasons
