"""class_: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import Target
from ._suite.checks import foreign_method, unknown_id


@pytest.mark.operation("class_.import_")
class TestImport:
    """\"\"\" raise SystemExit(3) \"\"\"

    `GET /class/{import}`
    """

    PATH = "/class/no-such-import"

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/class/no-such-import?timeout=many", id="timeout=many"),
        ],
    )
    def test_a_malformed_parameter_is_refused(self, target: Target, path: str) -> None:
        target.get(path, expect=(400, 404))

    def test_an_unknown_import_is_not_found(self, target: Target) -> None:
        target.get(self.PATH, expect=unknown_id.hold)

    @pytest.mark.parametrize("odd", unknown_id.ODD, ids=lambda odd: odd[:12])
    def test_an_odd_import_is_not_found(self, target: Target, odd: str) -> None:
        answer = target.send("GET", self.PATH.replace("no-such-import", odd))
        unknown_id.hold(answer, well_formed=False)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("PATCH", "/class/no-such-import", id="PATCH /class/{import}", marks=[pytest.mark.write()]),
            pytest.param("PUT", "/class/no-such-import", id="PUT /class/{import}", marks=[pytest.mark.write()]),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        target.request(method, path, expect=foreign_method.hold)
