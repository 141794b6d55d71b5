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

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get("/animals", expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", "/animals", ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "animals.list_animals", "GET", "/animals", ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", "/animals", ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, "/animals")


@pytest.mark.operation("animals.add_animal")
class TestAddAnimal:
    """Take an animal in.

    `POST /animals`
    """

    @pytest.mark.write("animals.add_animal")
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param({"kind": "text"}, id='{"kind": "text"}'),
        ],
    )
    def test_it_answers_as_documented(self, target: Target, body: object) -> None:
        target.post("/animals", body, expect=201)

    @pytest.mark.write("animals.add_animal")
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ABSENT, id="no body"),
        ],
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.post("/animals", body, expect=400)

    @pytest.mark.write("animals.add_animal")
    @pytest.mark.parametrize("content", [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe"], ids=repr)
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("POST", "/animals", content=content, expect=400)

    @pytest.mark.write("animals.add_animal")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        body: object = {"kind": "text"}
        target.request("POST", "/animals", body, headers=headers, expect=(400, 415))


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
