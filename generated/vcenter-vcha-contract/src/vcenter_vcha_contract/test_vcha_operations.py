"""vcha.operations: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import DOCUMENTED, Target


@pytest.mark.operation("vcha.operations.get")
class TestGet:
    """Show which VCHA operations run now and which are not allowed now.

    `GET /vcenter/vcha/operations`
    """

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get("/vcenter/vcha/operations", expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        answers = [target.get("/vcenter/vcha/operations", expect=DOCUMENTED) for _ in range(3)]
        assert len({answer.status for answer in answers}) == 1

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.get("/vcenter/vcha/operations", expect=401)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param(
                "PATCH", "/vcenter/vcha/operations", id="PATCH /vcenter/vcha/operations", marks=[pytest.mark.write()]
            ),
            pytest.param(
                "PUT", "/vcenter/vcha/operations", id="PUT /vcenter/vcha/operations", marks=[pytest.mark.write()]
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        answer = target.request(method, path, expect=(404, 405))
        assert answer.status == 404 or answer.headers.get("allow"), f"405 without `Allow`\n{answer}"
