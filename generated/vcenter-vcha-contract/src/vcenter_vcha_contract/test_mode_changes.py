"""The cluster's mode: which changes are allowed, and that they take effect.  The first mode comes back at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ._suite import Target, tasks, vcha

pytestmark = [pytest.mark.write("vcha.cluster.mode.set"), pytest.mark.operation("vcha.cluster.mode.set")]


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

        task = target.put(vcha.SET_MODE, {"mode": after}, expect=202).value
        tasks.follow(target, task)

        assert vcha.mode(target) == after
        assert vcha.cluster(target)["mode"] == after

    def test_a_change_that_is_not_allowed_is_refused(self, target: Target) -> None:
        vcha.set_mode(target, "DISABLED")

        answer = target.put(vcha.SET_MODE, {"mode": "MAINTENANCE"}, expect=400)

        assert answer.value["error_type"] == "NOT_ALLOWED_IN_CURRENT_STATE"
        assert vcha.mode(target) == "DISABLED"

    def test_it_is_refused_without_the_privilege(self, powerless: Target, target: Target) -> None:
        before = vcha.mode(target)

        answer = powerless.put(vcha.SET_MODE, {"mode": "DISABLED"}, expect=403)

        assert answer.value["error_type"] == "UNAUTHORIZED"
        assert vcha.mode(target) == before
