"""What is allowed in which state: the suite's rules are the simulator's, and a refusal is judged by them."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from vcsdk.copied.suite import fuzz, vcha_rules
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.check import Finding
from vcsdk.copied.suite.checks import state_refusal
from vcsdk.copied.suite.operations import Effect, Operation
from vcsdk.simulator.clock import Agenda, Clock
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.faults import Faults
from vcsdk.simulator.options import MODES, SimulatorOptions
from vcsdk.simulator.tasks import Tasks
from vcsdk.simulator.vcha import Cluster

FAILOVER = Operation("f", "f", "POST", "/c", (("action", "failover"),), "#", Effect.DESTRUCTIVE)
SET_MODE = Operation("m", "m", "PUT", "/c/mode", (("vmw-task", "true"),), "#", Effect.WRITE)
MEMBERS_DOWN: tuple[tuple[str, ...], ...] = ((), ("witness",), ("node2", "witness"))


def cluster(mode: str, down: tuple[str, ...]) -> Cluster:
    options = SimulatorOptions(mode=mode, members_down=down)
    return Cluster(options, Tasks(Agenda(Clock()), 0), Faults(()), lambda then: then())


def accepts(call: Any) -> bool:
    try:
        call()
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(("mode", "down"), list(itertools.product(MODES, MEMBERS_DOWN)))
def test_the_rules_are_those_of_the_simulator(mode: str, down: tuple[str, ...]) -> None:
    state = cluster(mode, down).info()

    assert vcha_rules.allows_failover(state) == accepts(lambda: cluster(mode, down).start_failover("me", planned=True))
    for wanted in MODES:
        if wanted != mode:
            started = accepts(lambda wanted=wanted: cluster(mode, down).start_mode_change("me", wanted))
            assert vcha_rules.allows_mode(state, wanted) == started


def refusal(operation: Operation) -> Answer:
    body = {"messages": [], "error_type": "NOT_ALLOWED_IN_CURRENT_STATE"}
    headers = {"content-type": "application/json"}
    return Answer("POST", operation.path, 400, headers, json.dumps(body).encode(), operation)


@pytest.mark.parametrize(
    ("operation", "body", "state", "right"),
    [
        (FAILOVER, {"planned": True}, ("DISABLED", "HEALTHY"), True),
        (FAILOVER, {"planned": True}, ("ENABLED", "DEGRADED"), True),
        (FAILOVER, {"planned": True}, ("ENABLED", "HEALTHY"), False),
        (FAILOVER, {"planned": False}, ("MAINTENANCE", "HEALTHY"), False),
        (SET_MODE, {"mode": "MAINTENANCE"}, ("DISABLED", "HEALTHY"), True),
        (SET_MODE, {"mode": "MAINTENANCE"}, ("ENABLED", "HEALTHY"), False),
    ],
)
def test_a_refusal_of_a_generated_request_is_judged_by_the_state(
    operation: Operation, body: dict[str, Any], state: tuple[str, str], right: bool
) -> None:
    known = {"mode": state[0], "health_state": state[1]}

    if right:
        assert fuzz.is_excused(refusal(operation), known, body)
    else:
        with pytest.raises(Finding, match="refused although it is allowed"):
            fuzz.is_excused(refusal(operation), known, body)


def test_another_refusal_in_a_forbidding_state_is_a_finding() -> None:
    answer = Answer("POST", "/c", 500, {"content-type": "application/json"}, b'{"messages": []}', FAILOVER)

    with pytest.raises(Finding, match="must be refused with 400"):
        state_refusal.refused(answer, "DISABLED")
