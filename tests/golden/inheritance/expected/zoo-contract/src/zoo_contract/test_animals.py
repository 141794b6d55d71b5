"""animals: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import foreign_method
from ._suite.probes import body_on_get, json_only, repeats_agree, time_limit


@pytest.mark.operation("animals.list_animals")
class TestListAnimals:
    """List the animals.

    `GET /animals`
    """

    PATH = "/animals"

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get(self.PATH, expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", self.PATH, ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "animals.list_animals", "GET", self.PATH, ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", self.PATH, ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, self.PATH)


@pytest.mark.operation("animals.add_animal")
class TestAddAnimal:
    """Take an animal in.

    `POST /animals`
    """


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("PATCH", "/animals", id="PATCH /animals", marks=[pytest.mark.write("animals.add_animal")]),
            pytest.param("PUT", "/animals", id="PUT /animals", marks=[pytest.mark.write("animals.add_animal")]),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        target.request(method, path, expect=foreign_method.hold)
