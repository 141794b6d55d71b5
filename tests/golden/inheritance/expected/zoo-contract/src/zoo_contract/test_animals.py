"""animals: each operation on its own."""

from __future__ import annotations

from typing import Final

import pytest

from ._suite import ABSENT, ANY_REFUSAL, Target, unless_refused, with_bodies, with_broken_json, with_malformed_bodies
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

    PATH = "/animals"
    BODY: Final[dict[str, object]] = {"name": "text", "kind": "cat"}

    @pytest.mark.write("animals.add_animal")
    @with_bodies(BODY, {"kind": "dog", "name": "text"})
    def test_it_answers_as_documented(self, target: Target, body: object) -> None:
        target.post(self.PATH, body, expect=unless_refused(201))

    @pytest.mark.write("animals.add_animal")
    @with_malformed_bodies(BODY, whole=[ABSENT])
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.post(self.PATH, body, content_type="application/json", expect=ANY_REFUSAL)

    @pytest.mark.write("animals.add_animal")
    @with_broken_json()
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("POST", self.PATH, content=content, expect=ANY_REFUSAL)

    @pytest.mark.write("animals.add_animal")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_taken_or_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        target.request("POST", self.PATH, self.BODY, headers=headers, expect=(201, *(*ANY_REFUSAL, 404)))


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param(
                "PATCH", "/animals", "PUT", id="PATCH /animals", marks=[pytest.mark.write("animals.add_animal")]
            ),
            pytest.param(
                "PUT", "/animals", "PATCH", id="PUT /animals", marks=[pytest.mark.write("animals.add_animal")]
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
