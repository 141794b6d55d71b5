"""class_: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import Target, unless_unknown
from ._suite.checks import foreign_method


@pytest.mark.operation("class_.import_")
class TestImport:
    """\"\"\" raise SystemExit(3) \"\"\"

    `GET /class/{import}`
    """

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/class/no-such-import?timeout=many", id="timeout=many"),
        ],
    )
    def test_a_malformed_parameter_is_refused(self, target: Target, path: str) -> None:
        target.get(path, expect=unless_unknown((400, 415, 422)))


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param(
                "PATCH", "/class/no-such-import", "PUT", id="PATCH /class/{import}", marks=[pytest.mark.write()]
            ),
            pytest.param(
                "PUT", "/class/no-such-import", "PATCH", id="PUT /class/{import}", marks=[pytest.mark.write()]
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
