"""Failover from beginning to end: the role moves, once, and only when it may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ._suite import Target, tasks, vcha

pytestmark = pytest.mark.operation("vcha.cluster.failover")


@pytest.fixture(autouse=True)
def ready(target: Target) -> Iterator[None]:
    """A healthy cluster in a mode that allows failover; afterwards in the mode it was in."""
    with vcha.original_mode(target) as mode:
        if mode == "DISABLED":
            vcha.set_mode(target, "ENABLED")
        vcha.settle(target)
        yield
        target.run.recover()
        vcha.settle(target)


@pytest.mark.destructive("vcha.cluster.failover")
class TestFailover:
    """`POST /vcenter/vcha/cluster?action=failover&vmw-task=true`"""

    def test_a_planned_failover_moves_the_active_role(self, target: Target) -> None:
        before, session = vcha.active_node(target), target.sign_in()
        task = vcha.failover(target, planned=True)

        tasks.follow(target, task, outage=True)

        assert vcha.active_node(target) != before
        ended = tasks.read(target, task)
        tasks.stays_ended(target, task, ended)
        old = Target(target.run, credentials={target.run.catalogue.session_header: session})
        old.get("/session", expect=401)

    def test_a_forced_failover_moves_the_active_role(self, target: Target) -> None:
        before = vcha.active_node(target)
        task = vcha.failover(target, planned=False)

        tasks.wait_out(target, task)

        # The task's record may be lost with what was not replicated; the cluster's state decides.
        assert vcha.active_node(target) != before

    def test_one_failover_at_a_time(self, target: Target) -> None:
        before = vcha.active_node(target)
        task = vcha.failover(target, planned=True)

        second = target.send("POST", vcha.FAILOVER, {"planned": True})
        tasks.follow(target, task, outage=True)

        assert not 200 <= second.status < 300, f"a second failover was accepted while one was running\n{second}"
        assert vcha.active_node(target) != before


@pytest.mark.write("vcha.cluster.mode.set")
@pytest.mark.destructive("vcha.cluster.failover")
class TestRefusal:
    """What failover must refuse."""

    @pytest.mark.parametrize("planned", [True, False])
    def test_it_is_refused_while_disabled(self, target: Target, planned: bool) -> None:
        vcha.set_mode(target, "DISABLED")

        answer = target.post(vcha.FAILOVER, {"planned": planned}, expect=400)

        assert answer.value["error_type"] == "NOT_ALLOWED_IN_CURRENT_STATE"

    @pytest.mark.parametrize("planned", [True, False])
    def test_it_is_refused_without_the_privilege(self, powerless: Target, planned: bool) -> None:
        answer = powerless.post(vcha.FAILOVER, {"planned": planned}, expect=403)

        assert answer.value["error_type"] == "UNAUTHORIZED"
