"""The cluster's state: its parts agree with one another and with what is allowed.  Nothing is changed."""

from __future__ import annotations

import pytest

from ._suite import Target, vcha, vcha_rules
from ._suite.checks import cluster_roles, failover_allowed, mode_agrees, operations_agree, state_refusal

pytestmark: pytest.MarkDecorator = pytest.mark.operation("vcha.cluster.get")


class TestState:
    """`POST /vcenter/vcha/cluster?action=get`"""

    def test_one_node_is_active(self, target: Target) -> None:
        cluster_roles.hold(vcha.cluster(target))

    def test_the_mode_is_the_same_wherever_it_is_read(self, target: Target) -> None:
        cluster = vcha.cluster(target)
        mode_agrees.hold(vcha.mode(target), vcha.mode(target), cluster.get("mode"))

    def test_failover_is_allowed_as_mode_and_health_say(self, target: Target) -> None:
        operations, cluster = vcha.operations(target), vcha.cluster(target)
        if operations.get("active"):
            pytest.skip("an operation of the cluster is running")
        failover_allowed.hold(cluster)

    def test_the_operations_agree_with_the_state(self, target: Target) -> None:
        operations_agree.hold(vcha.operations(target), vcha.cluster(target))


class TestDegraded:
    """What a cluster with a missing member must refuse; skipped where all are present."""

    @pytest.fixture(autouse=True)
    def degraded(self, target: Target) -> None:
        if vcha.cluster(target).get("health_state") == "HEALTHY":
            pytest.skip("needs a cluster with a missing member, and all are present")

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.operation("vcha.cluster.failover")
    def test_failover_is_refused(self, target: Target) -> None:
        answer = target.send("POST", vcha.at(target, vcha.FAILOVER), {"planned": True})
        state_refusal.refused(answer, "not HEALTHY")

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.operation("vcha.cluster.mode.set")
    @pytest.mark.parametrize("wanted", vcha.MODES)
    def test_a_change_that_needs_health_is_refused(self, target: Target, wanted: str) -> None:
        cluster = vcha.cluster(target)
        if cluster.get("mode") == wanted or vcha_rules.allows_mode(cluster, wanted):
            pytest.skip("this change is allowed, or none")
        answer = target.send("PUT", vcha.at(target, vcha.SET_MODE), {"mode": wanted})
        state_refusal.refused(answer, f"{cluster.get('mode')} and {cluster.get('health_state')}")
