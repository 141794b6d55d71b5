"""The cluster's mode: which changes are allowed, and that they take effect.  The first mode comes back at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ._suite import Target, tasks, vcha
from ._suite.checks import mode_agrees, one_at_a_time, operations_active, operations_agree, privilege, state_refusal

pytestmark: list[pytest.MarkDecorator] = [
    pytest.mark.write("vcha.cluster.mode.set"),
    pytest.mark.operation("vcha.cluster.mode.set"),
]


@pytest.fixture(autouse=True)
def original(target: Target) -> Iterator[None]:
    """The mode after each test is the mode before it."""
    with vcha.original_mode(target):
        yield


class TestChanges:
    """`PUT /vcenter/vcha/cluster/mode?vmw-task=true`"""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("ENABLED", "DISABLED"),
            ("DISABLED", "ENABLED"),
            ("ENABLED", "MAINTENANCE"),
            ("MAINTENANCE", "ENABLED"),
            ("MAINTENANCE", "DISABLED"),
        ],
    )
    def test_an_allowed_change_takes_effect(self, target: Target, before: str, after: str) -> None:
        vcha.set_mode(target, before)

        tasks.follow(target, vcha.start_mode(target, after))

        cluster = vcha.cluster(target)
        mode_agrees.hold(after, vcha.mode(target), cluster.get("mode"))
        operations_agree.hold(vcha.operations(target), cluster)

    def test_a_change_that_is_not_allowed_is_refused(self, target: Target) -> None:
        vcha.set_mode(target, "DISABLED")

        answer = target.send("PUT", vcha.at(target, vcha.SET_MODE), {"mode": "MAINTENANCE"})

        if 200 <= answer.status < 300:
            tasks.wait_out(target, answer.result)
        state_refusal.refused(answer, "DISABLED")
        assert vcha.mode(target) == "DISABLED"

    def test_one_change_at_a_time(self, target: Target) -> None:
        vcha.set_mode(target, "ENABLED")
        task = vcha.start_mode(target, "DISABLED")

        second = target.send("PUT", vcha.at(target, vcha.SET_MODE), {"mode": "MAINTENANCE"})
        record = tasks.read(target, task)

        if 200 <= second.status < 300:
            tasks.wait_out(target, second.result)
        tasks.follow(target, task)
        if record["status"] in tasks.TERMINAL:
            pytest.skip("the first change had ended before the second one was tried")
        one_at_a_time.hold(second, "change of mode")

    def test_a_running_change_is_listed(self, target: Target) -> None:
        vcha.set_mode(target, "ENABLED")
        task = vcha.start_mode(target, "DISABLED")

        operations = vcha.operations(target)
        record = tasks.read(target, task)

        tasks.follow(target, task)
        if record["status"] in tasks.TERMINAL:
            pytest.skip("the change had ended before the operations were read")
        operations_active.hold(operations, "a change of mode")
        operations_agree.hold(operations, vcha.cluster(target))

    def test_it_is_refused_without_the_privilege(self, powerless: Target, target: Target) -> None:
        before = vcha.mode(target)

        answer = powerless.send("PUT", vcha.at(powerless, vcha.SET_MODE), {"mode": "DISABLED"})
        if 200 <= answer.status < 300:
            tasks.wait_out(target, answer.result)

        powerless.hold(answer, expect=privilege.hold)
        assert vcha.mode(target) == before
