"""The life of a task, shown with one that changes the mode to what it is and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ._suite import Target, tasks, vcha
from ._suite.checks import task_cancel, task_identity

pytestmark: list[pytest.MarkDecorator] = [
    pytest.mark.write("vcha.cluster.mode.set"),
    pytest.mark.operation("tasks.get"),
]


@pytest.fixture(scope="module")
def task(target: Target) -> Iterator[str]:
    """A task that has just been started."""
    target.run.recover()
    with vcha.original_mode(target) as mode:
        vcha.settle(target)
        other = "DISABLED" if mode == "ENABLED" else "ENABLED"
        yield vcha.start_mode(target, other)


class TestLife:
    """`GET /cis/tasks/{task}`"""

    def test_it_exists_runs_and_ends(self, target: Target, task: str) -> None:
        tasks.follow(target, task)

    def test_it_names_its_user_and_operation(self, target: Target, task: str) -> None:
        record = tasks.read(target, task)
        task_identity.hold(record, user=target.username, service="vcenter.vcha.cluster.mode", operation="set")

    def test_it_stays_as_it_ended(self, target: Target, task: str) -> None:
        ended = tasks.follow(target, task)[-1]
        tasks.stays_ended(target, task, ended)

    @pytest.mark.parametrize("query", ["return_all=true", "return_all=false", "exclude_result=true"])
    def test_optional_parameters_are_accepted(self, target: Target, task: str, query: str) -> None:
        target.get(f"{tasks.path(target, task)}?{query}")

    @pytest.mark.parametrize("query", ["return_all=maybe", "exclude_result=1.5"])
    def test_a_malformed_parameter_is_refused(self, target: Target, task: str, query: str) -> None:
        target.get(f"{tasks.path(target, task)}?{query}", expect=400)

    def test_an_account_without_privileges_is_answered_as_documented(self, powerless: Target, task: str) -> None:
        powerless.get(tasks.path(powerless, task), expect=(200, 403))


@pytest.mark.operation("tasks.cancel")
class TestCancel:
    """`POST /cis/tasks/{task}?action=cancel`"""

    def test_a_task_that_ended_is_not_cancelled(self, target: Target, task: str) -> None:
        ended = tasks.follow(target, task)[-1]
        target.post(f"{tasks.path(target, task)}?action=cancel", expect=(204, 400))
        tasks.stays_ended(target, task, ended)

    def test_a_task_that_is_not_cancelable_says_so(self, target: Target, task: str) -> None:
        if tasks.follow(target, task)[-1]["cancelable"]:
            pytest.skip("this task can be cancelled")
        target.post(f"{tasks.path(target, task)}?action=cancel", expect=task_cancel.hold)

    def test_a_task_that_is_cancelled_ends(self, target: Target) -> None:
        with vcha.original_mode(target) as mode:
            vcha.settle(target)
            task = vcha.start_mode(target, "DISABLED" if mode == "ENABLED" else "ENABLED")
            answer = target.send("POST", f"{tasks.path(target, task)}?action=cancel")
            if answer.status != 204:
                task_cancel.hold(answer)
                tasks.follow(target, task, until=None)
                pytest.skip("this task cannot be cancelled, or had ended by then")
            tasks.follow(target, task, until=None)
