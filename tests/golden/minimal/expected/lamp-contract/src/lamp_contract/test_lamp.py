"""lamp: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import foreign_method
from ._suite.probes import body_on_get, json_only, repeats_agree, time_limit


@pytest.mark.operation("lamp.get_lamp")
class TestGetLamp:
    """Tell whether the lamp is on.

    `GET /lamp`
    """

    PATH = "/lamp"

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get(self.PATH, expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", self.PATH, ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "lamp.get_lamp", "GET", self.PATH, ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", self.PATH, ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, self.PATH)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param("PATCH", "/lamp", "PUT", id="PATCH /lamp", marks=[pytest.mark.write()]),
            pytest.param("PUT", "/lamp", "PATCH", id="PUT /lamp", marks=[pytest.mark.write()]),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
