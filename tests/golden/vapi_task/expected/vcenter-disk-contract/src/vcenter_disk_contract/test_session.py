"""session: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import authentication, foreign_method
from ._suite.probes import body_on_get, json_only, repeats_agree, time_limit


@pytest.mark.operation("session.get")
class TestGet:
    """Describe the session.

    `GET /session`
    """

    PATH = "/session"

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get(self.PATH, expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", self.PATH, ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "session.get", "GET", self.PATH, ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", self.PATH, ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, self.PATH)

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.get(self.PATH, expect=authentication.hold)


@pytest.mark.operation("session.create")
class TestCreate:
    """Sign in.

    `POST /session`
    """


@pytest.mark.operation("session.delete")
class TestDelete:
    """Sign out.

    `DELETE /session`
    """

    PATH = "/session"

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.delete(self.PATH, expect=authentication.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param("PATCH", "/session", "PUT", id="PATCH /session", marks=[pytest.mark.write()]),
            pytest.param("PUT", "/session", "PATCH", id="PUT /session", marks=[pytest.mark.write()]),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
