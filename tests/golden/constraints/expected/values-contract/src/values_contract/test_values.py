"""values: each operation on its own."""

from __future__ import annotations

from typing import Final

import pytest

from ._suite import ABSENT, MISSING, Target, unless_unknown, with_broken_json, with_malformed_bodies
from ._suite.checks import foreign_method


@pytest.mark.operation("values.put_value")
class TestPutValue:
    """Keep a value.

    `PUT /values/{key}`
    """

    PATH = "/values/zzbabb"
    BODY: Final[dict[str, object]] = {"count": 1, "colour": "red"}

    @pytest.mark.write("values.put_value")
    @with_malformed_bodies(
        BODY,
        whole=[ABSENT, None, [], "text"],
        changed={
            "count": [MISSING, None, "many", 1.5],
            "ratio": [None, "many", []],
            "colour": [MISSING, None, "NO_SUCH_VALUE", 1],
            "shade": [None, "NO_SUCH_VALUE", 1],
            "level": [None, "text"],
            "at": [None, "some time", []],
            "day": [None, "some time", []],
            "lasts": [None, []],
            "id": [None, 1, []],
            "blob": [None, 1, []],
            "secret": [None, 1, []],
            "note": [1, []],
            "extra": [None, [], "text"],
            "old": [None, "maybe", []],
        },
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.put(self.PATH, body, content_type="application/json", expect=unless_unknown((400, 415, 422)))

    @pytest.mark.write("values.put_value")
    @with_broken_json()
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("PUT", self.PATH, content=content, expect=unless_unknown((400, 415, 422)))

    @pytest.mark.write("values.put_value")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_taken_or_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        target.request("PUT", self.PATH, self.BODY, headers=headers, expect=(200, 204, *(400, 404, 415, 422)))

    @pytest.mark.write("values.put_value")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/values/zzbabb?level=NO_SUCH_VALUE", id="level=NO_SUCH_VALUE"),
        ],
    )
    def test_a_malformed_parameter_is_refused(self, target: Target, path: str) -> None:
        target.put(path, self.BODY, expect=unless_unknown((400, 415, 422)))


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param("GET", "/values/zzbabb", "", id="GET /values/{key}"),
            pytest.param(
                "PATCH",
                "/values/zzbabb",
                "DELETE",
                id="PATCH /values/{key}",
                marks=[pytest.mark.write("values.put_value")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
