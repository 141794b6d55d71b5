"""The rules of the cluster: which failovers and mode changes are allowed, and what they do."""

from __future__ import annotations

import itertools

import pytest
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.faults import Faults
from vcsdk.simulator.options import MODES, SimulatorOptions
from vcsdk.simulator.outage import Outage, Phase
from vcsdk.simulator.tasks import Tasks
from vcsdk.simulator.vcha import Cluster

ALLOWED = {
    ("ENABLED", "DISABLED", "HEALTHY"),
    ("ENABLED", "DISABLED", "DEGRADED"),
    ("ENABLED", "MAINTENANCE", "HEALTHY"),
    ("DISABLED", "ENABLED", "HEALTHY"),
    ("MAINTENANCE", "ENABLED", "HEALTHY"),
    ("MAINTENANCE", "DISABLED", "HEALTHY"),
}
DOWN = {"HEALTHY": (), "DEGRADED": ("node2",), "ISOLATED": ("node2", "witness")}


class World:
    """A cluster with everything around it, on a hand-driven agenda."""

    def __init__(self, agenda, *faults: str, **options) -> None:
        self.agenda = agenda
        self.options = SimulatorOptions(
            **{"failover_seconds": 5, "outage": 10, "unavailable": 3, "task_seconds": 2, **options}
        )
        self.forgotten = 0
        self.outage = Outage(self.options, agenda, self._forget)
        self.tasks = Tasks(agenda, 0)
        self.cluster = Cluster(self.options, self.tasks, Faults(faults), self.outage.begin)

    def _forget(self) -> None:
        self.forgotten += 1


def refusal(call) -> tuple[int, str | None]:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.status, refused.value.error_type


@pytest.mark.parametrize(("mode", "wanted", "health"), list(itertools.product(MODES, MODES, DOWN)))
def test_mode_changes(agenda, mode, wanted, health):
    world = World(agenda, mode=mode, members_down=DOWN[health])
    assert world.cluster.health == health
    if (mode, wanted, health) in ALLOWED:
        task = world.cluster.start_mode_change("someone", wanted)
        assert world.cluster.mode == mode
        agenda.pass_time(2)
        assert world.cluster.mode == wanted
        assert task.status == "SUCCEEDED"
    else:
        expected = "ALREADY_IN_DESIRED_STATE" if mode == wanted else "NOT_ALLOWED_IN_CURRENT_STATE"
        assert refusal(lambda: world.cluster.start_mode_change("someone", wanted)) == (400, expected)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("missing", ["", "node1", "node2", "witness"])
def test_failover_needs_a_mode_and_all_members(agenda, mode, missing):
    world = World(agenda, mode=mode, members_down=(missing,) if missing else ())
    allowed = mode != "DISABLED" and not missing
    assert world.cluster.info()["manual_failover_allowed"] is allowed
    assert ("vcenter.vcha.cluster.failover" in world.cluster.operations()["disabled"]) is not allowed
    if allowed:
        assert world.cluster.start_failover("someone", planned=True).status == "PENDING"
    else:
        answer = refusal(lambda: world.cluster.start_failover("someone", planned=True))
        assert answer == (400, "NOT_ALLOWED_IN_CURRENT_STATE")


def test_a_planned_failover_keeps_its_record(agenda):
    world = World(agenda)
    task = world.cluster.start_failover("someone", planned=True)
    agenda.pass_time(5)
    assert (world.outage.phase, task.finished, world.cluster.active) == (Phase.DOWN, False, "node1")
    agenda.pass_time(10)
    assert (world.outage.phase, task.finished, world.forgotten) == (Phase.STARTING, False, 0)
    agenda.pass_time(3)
    assert (world.outage.phase, world.cluster.active, world.forgotten) == (Phase.UP, "node2", 1)
    assert world.tasks.get(task.id).status == "SUCCEEDED"
    assert world.cluster.info()["node2"]["runtime"]["role"] == "ACTIVE"
    assert world.cluster.info()["node1"]["runtime"]["role"] == "PASSIVE"


def test_a_forced_failover_loses_its_record(agenda):
    world = World(agenda)
    task = world.cluster.start_failover("someone", planned=False)
    agenda.pass_time(18)
    assert world.cluster.active == "node2"
    assert refusal(lambda: world.tasks.get(task.id)) == (404, "NOT_FOUND")


def test_one_operation_at_a_time(agenda):
    world = World(agenda)
    world.cluster.start_failover("someone", planned=True)
    assert refusal(lambda: world.cluster.start_failover("x", planned=True)) == (400, "NOT_ALLOWED_IN_CURRENT_STATE")
    assert refusal(lambda: world.cluster.start_mode_change("x", "DISABLED")) == (400, "NOT_ALLOWED_IN_CURRENT_STATE")
    operations = world.cluster.operations()
    assert operations["active"] == ["vcenter.vcha.cluster.failover"]
    assert not set(operations["active"]) & set(operations["disabled"])
    agenda.pass_time(18)
    world.cluster.start_failover("someone", planned=True)
    agenda.pass_time(18)
    assert world.cluster.active == "node1"


def test_a_failed_failover_changes_nothing(agenda):
    world = World(agenda, failover_fails=True)
    task = world.cluster.start_failover("someone", planned=True)
    agenda.pass_time(30)
    assert (task.status, world.outage.count, world.cluster.active) == ("FAILED", 0, "node1")
    assert world.tasks.info(task)["error"]["error_type"] == "RESOURCE_INACCESSIBLE"


def test_gone_for_good(agenda):
    world = World(agenda, gone_for_good=True)
    world.cluster.start_failover("someone", planned=True)
    agenda.pass_time(100_000)
    assert world.outage.phase is Phase.DOWN


def test_sessions_fail_a_while_longer(agenda):
    world = World(agenda, session_outage=4)
    world.cluster.start_failover("someone", planned=True)
    agenda.pass_time(18)
    assert world.outage.sessions_out
    agenda.pass_time(4)
    assert not world.outage.sessions_out


def test_two_failovers_at_once_share_an_outage(agenda):
    world = World(agenda, "double-failover")
    tasks = [world.cluster.start_failover("someone", planned=True) for _ in range(2)]
    agenda.pass_time(30)
    assert [task.status for task in tasks] == ["SUCCEEDED"] * 2
    assert world.outage.count == 1
