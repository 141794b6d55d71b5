"""tasks: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import Target
from ._suite.checks import authentication, constants_significant, foreign_method, unknown_id


@pytest.mark.operation("tasks.get")
class TestGet:
    """Tell how far a task is.

    `GET /cis/tasks/{task}`
    """

    PATH = "/cis/tasks/no-such-task"

    def test_an_unknown_task_is_not_found(self, target: Target) -> None:
        target.get(self.PATH, expect=unknown_id.hold)

    @pytest.mark.parametrize("odd", unknown_id.ODD, ids=lambda odd: odd[:12])
    def test_an_odd_task_is_not_found(self, target: Target, odd: str) -> None:
        answer = target.send("GET", self.PATH.replace("no-such-task", odd))
        unknown_id.hold(answer, well_formed=False)
        target.fits(answer)

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.get(self.PATH, expect=authentication.hold)


@pytest.mark.operation("tasks.cancel")
class TestCancel:
    """Ask a task to stop.

    `POST /cis/tasks/{task}?action=cancel`
    """

    PATH = "/cis/tasks/no-such-task?action=cancel"

    @pytest.mark.write("tasks.cancel")
    def test_an_unknown_task_is_not_found(self, target: Target) -> None:
        target.post(self.PATH, expect=unknown_id.hold)

    @pytest.mark.write("tasks.cancel")
    @pytest.mark.parametrize("odd", unknown_id.ODD, ids=lambda odd: odd[:12])
    def test_an_odd_task_is_not_found(self, target: Target, odd: str) -> None:
        answer = target.send("POST", self.PATH.replace("no-such-task", odd))
        unknown_id.hold(answer, well_formed=False)
        target.fits(answer)

    @pytest.mark.write("tasks.cancel")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.post(self.PATH, expect=authentication.hold)

    @pytest.mark.write("tasks.cancel")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/cis/tasks/no-such-task", id="without action"),
            pytest.param("/cis/tasks/no-such-task?action=no-such-action", id="action=no-such-action"),
            pytest.param("/cis/tasks/no-such-task?action=CANCEL", id="action=CANCEL"),
            pytest.param("/cis/tasks/no-such-task?action=", id="action="),
        ],
    )
    def test_its_constants_are_significant(self, target: Target, path: str) -> None:
        target.post(path, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param(
                "PATCH",
                "/cis/tasks/no-such-task",
                "PUT",
                id="PATCH /cis/tasks/{task}",
                marks=[pytest.mark.write("tasks.cancel")],
            ),
            pytest.param(
                "PUT",
                "/cis/tasks/no-such-task",
                "PATCH",
                id="PUT /cis/tasks/{task}",
                marks=[pytest.mark.write("tasks.cancel")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
